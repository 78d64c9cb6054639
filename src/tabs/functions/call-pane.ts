import * as ui from 'datagrok-api/ui';
import {formatDuration, formatInstant} from '../../core/format';
import {askValues, type CallValue, type Run} from '../../data/function-calls';
import {div, element} from '../../ui/dom';
import {asked, openEntity} from '../../ui/lists';
import type {AppContext} from '../../ui/tab-view';
import {UNKNOWN_FUNCTION} from './function-pane';

/** Seconds around a call in which its records of the log are looked for. */
const AROUND = 1000;

/** The context panel for one saved call: who, when, how long, what went in and what came out. */
export function callPane(app: AppContext, run: Run, signal: AbortSignal): HTMLElement {
  const accordion = ui.accordion('usage-function-call');
  const values = asked(async () => valueTables(await askValues([run.id], signal)));
  accordion.addPane('Call', () => facts(app, run), true);
  if (run.error !== '')
    accordion.addPane('Error', () => element('pre', 'ua-call-text ua-call-error', run.error), true);
  accordion.addPane('Inputs and outputs', () => values, true);
  const {started, ended, userId} = run;
  const details = ui.button('Details in Events', () => app.filters.drill('Events', {users: [userId],
    range: {from: started - AROUND, to: (ended ?? started) + AROUND}, functions: [], packages: [], cells: []}),
  'What this person\'s log says of the time of this call, from a second before to a second after');
  return div('ua-selection', element('h3', 'ua-selection-title', run.function), div('ua-selection-actions', details),
    accordion.root);
}

function facts(app: AppContext, run: Run): HTMLElement {
  const {zone} = app.filters;
  const at = (instant: number): string => zone === 'UTC' ? utcText(instant) :
    `${utcText(instant)} (${formatInstant(instant, zone)} ${zone})`;
  const rows: [string, string | HTMLElement][] = [
    ['User', app.privacy.hidesNames ? run.user : ui.link(run.user, () => void openEntity('user', run.userId), 'Show in the context panel')],
    ['Function', run.functionId === UNKNOWN_FUNCTION ? run.function :
      ui.link(run.function, () => void openEntity('function', run.functionId), 'Show in the context panel')],
    ['Version', run.version === '' ? '–' : run.version], ['Status', run.status === '' ? '–' : run.status],
    ['Started', at(run.started)], ['Ended', run.ended == null ? '– (has no end)' : at(run.ended)],
    ['Duration', run.ms == null ? '– (has no end)' : formatDuration(run.ms)], ['Call', run.id]];
  return element('table', 'd4-table ua-call-facts', ...rows.map(([name, value]) =>
    element('tr', '', element('td', 'ua-call-name', name), element('td', '', value))));
}

/** "2026-02-03 14:05:22.123 UTC". */
function utcText(instant: number): string {
  return `${new Date(instant).toISOString().replace('T', ' ').slice(0, 23)} UTC`;
}

function valueTables(values: readonly CallValue[]): HTMLElement {
  const part = (caption: string, list: readonly CallValue[]): HTMLElement => div('ua-call-values',
    element('div', 'ua-call-caption', caption), list.length === 0 ? div('ua-panel-note', 'None') :
      element('table', 'd4-table', ...list.map(({name, type, value}) => element('tr', '',
        element('td', 'ua-call-name', name, element('div', 'ua-call-type', type)),
        element('td', '', value == null ? element('span', 'ua-hint', 'not stored') :
          element('pre', 'ua-call-text', value))))));
  return div('', part('Inputs', values.filter((v) => v.isInput)), part('Outputs', values.filter((v) => !v.isInput)));
}
