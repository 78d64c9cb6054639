import * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import * as ui from 'datagrok-api/ui';
import {formatCount} from '../core/format';
import {messageOf} from '../data/runner';
import {div, element} from './dom';

/** More lines than this are counted, not listed. */
const MOST_LINES = 100;

export interface Line {
  readonly id: string;
  readonly label: string;
  readonly count: number;
}

/** Kinds of things that a line can open in the context panel. */
export type EntityKind = 'user' | 'package' | 'function';

/** What stands for the platform itself, and for functions that are no longer known: there is nothing to open. */
const NOWHERE = ['Core', '00000000-0000-0000-0000-000000000000'];

/** A table of names with numbers; names of entities are links that open them. */
export function lineList(lines: readonly Line[], kind?: EntityKind): HTMLElement {
  const rows = lines.slice(0, MOST_LINES).map(({id, label, count}) => element('tr', '',
    element('td', '', kind == null || NOWHERE.includes(id) ? label : ui.link(label, () => void openEntity(kind, id), 'Show in the context panel')),
    element('td', 'ua-number', formatCount(count))));
  const rest = lines.length - rows.length;
  return div('', element('table', 'd4-table ua-shares', ...rows),
    rest > 0 ? div('ua-panel-note', `and ${formatCount(rest)} more`) : null,
    lines.length === 0 ? div('ua-panel-note', 'None') : null);
}

/** Shows an entity in the context panel; says so when it is no longer on the server. */
export async function openEntity(kind: EntityKind, id: string): Promise<void> {
  try {
    const entity = await find(kind, id);
    if (entity == null)
      grok.shell.warning(`This ${kind} is no longer on the server`);
    else
      grok.shell.o = entity;
  } catch (e) {
    grok.shell.error(messageOf(e));
  }
}

async function find(kind: EntityKind, id: string): Promise<DG.Entity | null | undefined> {
  if (kind === 'user')
    return grok.dapi.users.find(id);
  if (kind === 'function')
    return grok.dapi.functions.find(id);
  return DG.Func.find({package: id})[0]?.package ?? (await grok.dapi.packages.filter(`shortName = "${
    id.replace(/["\\]/g, '')}"`).list())[0];
}

/** A part of the context panel that is asked for: loading, the answer, or what went wrong with a Retry. */
export function asked(ask: () => Promise<HTMLElement>): HTMLElement {
  const host = div('ua-asked');
  const run = async (): Promise<void> => {
    host.replaceChildren(ui.loader());
    try {
      host.replaceChildren(await ask());
    } catch (e) {
      host.replaceChildren(div('ua-problem', messageOf(e)), ui.link('Retry', () => void run(), 'Ask again'));
    }
  };
  void run();
  return host;
}
