import * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import {messageOf} from './dom.ts';

/** More people than fit a menu are found through their list in Browse. */
const shown = 20;

/** Lists the users; choosing one loads the page as that user (`?user=login`, which the server allows on loopback). */
export async function showUserMenu(nextTo: HTMLElement): Promise<void> {
  let users: DG.User[];
  try {
    users = await grok.dapi.users.list({pageSize: shown});
  } catch (e) {
    grok.shell.error(`Users could not be listed: ${messageOf(e)}`);
    return;
  }
  const menu = DG.Menu.popup().header('See the page as');
  for (const user of users)
    menu.item(`${user.friendlyName || user.login} (${user.login})`, () => switchTo(user.login));
  if (users.length === shown)
    menu.separator().item('All users...', () => grok.shell.route('/users'));
  menu.show({element: nextTo, nextToElement: true} as any);
}

/** Loads the page again as another user; the server decides whether this one may. */
export function switchTo(login: string): void {
  const url = new URL(location.href);
  url.searchParams.set('user', login);
  location.assign(url);
}
