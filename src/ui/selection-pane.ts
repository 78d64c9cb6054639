import type * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import * as ui from 'datagrok-api/ui';
import {formatCount, formatRange} from '../core/format';
import type {UsageRequest} from '../core/request';
import type {Activity} from '../data/overview';
import {summarize, type Share} from '../data/selection';
import type {Choice} from './cross-filter';
import {div, element} from './dom';

/** More lines than this are counted, not listed. */
const MOST_LINES = 100;

/** The context panel for exactly the rows that were chosen: range, counts, people and packages. */
export function selectionPane(activity: Activity, rows: DG.BitSet, choice: Choice, request: UsageRequest): HTMLElement {
  const summary = summarize(activity.frame, rows);
  const accordion = ui.accordion('usage-selection');
  const counts = ui.tableFromMap({'Users': formatCount(summary.users.length), 'Packages':
    formatCount(summary.packages.length), 'Events': formatCount(summary.events), 'Function runs':
    formatCount(summary.runs), 'Errors': formatCount(summary.errors)});
  accordion.addPane('Counts', () => counts, true);
  accordion.addCountPane('Users', () => list(summary.users, openUser), () => summary.users.length, true);
  accordion.addCountPane('Packages', () => list(summary.packages), () => summary.packages.length, true);
  return div('ua-selection',
    element('h3', 'ua-selection-title', `${choice.column === 'package' ? 'Package' : 'User'}: ${choice.category}`),
    div('ua-selection-range', `${formatRange(request, request.zone)}, ${request.zone}`), accordion.root);
}

function list(shares: Share[], open?: (id: string) => void): HTMLElement {
  const lines = shares.slice(0, MOST_LINES).map((share) => {
    const name = element('td', '', '');
    name.append(open == null ? share.label : ui.link(share.label, () => open(share.id), 'Show in the context panel'));
    return element('tr', '', name, element('td', 'ua-number', formatCount(share.events)));
  });
  const rest = shares.length - lines.length;
  return div('', element('table', 'd4-table ua-shares', ...lines),
    rest > 0 ? div('ua-panel-note', `and ${formatCount(rest)} more`) : null);
}

async function openUser(id: string): Promise<void> {
  const user = await grok.dapi.users.find(id);
  if (user == null)
    grok.shell.warning('This user is no longer on the server');
  else
    grok.shell.o = user;
}
