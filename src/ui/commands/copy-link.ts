import * as grok from 'datagrok-api/grok';
import type {Command} from './command';

export const copyLink: Command = {name: 'Copy link', description: 'Copy a link that shows this screen to others',
  icon: 'link', keys: ['l'], run: (app) => void copy(app.link)};

async function copy(link: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(link);
    grok.shell.info('The link is copied');
  } catch {
    // Browsers refuse the clipboard to pages without a secure address or without the focus.
    grok.shell.warning(`The clipboard is not available. The link is: ${link}`);
  }
}
