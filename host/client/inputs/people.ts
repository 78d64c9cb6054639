import * as grok from 'datagrok-api/grok';
import {itemText} from './item-text.ts';

/** One more than a list of suggestions shows, so that it knows that there are more. */
const PAGE = 51;

/** Signs of the smart-filter language; here the text is only words to be found in names. */
const signs = /[=<>!"'(),#\\]+/g;

/** Users whose name or login has all the words. */
export async function findUsers(text: string): Promise<any[]> {
  const words = text.replace(signs, ' ').trim();
  const source = grok.dapi.users.order('friendlyName');
  return await (words === '' ? source : source.filter(words)).list({pageSize: PAGE});
}

/** Groups by name. A user's personal group is among them: it stands for the user. */
export async function findGroups(text: string): Promise<any[]> {
  const groups = await grok.dapi.groups.getGroupsLookup(text.trim());
  return [...groups].filter((g) => !g.hidden).sort((a, b) => itemText(a).localeCompare(itemText(b)));
}

export const userById = (id: string): Promise<any> => grok.dapi.users.find(id);
export const groupById = (id: string): Promise<any> => grok.dapi.groups.find(id);
