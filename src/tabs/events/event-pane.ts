import type * as DG from 'datagrok-api/dg';
import * as ui from 'datagrok-api/ui';
import {formatInstant} from '../../core/format';
import {askEventParameters, describe, type EventParameter} from '../../data/events';
import {messageOf} from '../../data/runner';
import {div, element, linkButton} from '../../ui/dom';
import {openEntity, type EntityKind} from '../../ui/lists';
import type {AppContext} from '../../ui/tab-view';

/** Stands for a function that the log does not know. */
const UNKNOWN_ID = '00000000-0000-0000-0000-000000000000';

/** Everything that is known of one event. */
export function eventPane({filters, privacy}: AppContext, frame: DG.DataFrame, row: number,
  signal: AbortSignal): HTMLElement {
  const text = (name: string): string => frame.col(name) == null || frame.getCol(name).isNone(row) ? '' :
    frame.get(name, row);
  const micros = frame.getCol('time').getRawData()[row];
  const fields: [string, Node | string][] = [
    ['Time', `${new Date(Math.floor(micros / 1000)).toISOString().replace('T', ' ').slice(0, 23)} UTC`],
    ...(filters.zone === 'UTC' ? [] : [['', `${formatInstant(micros / 1000, filters.zone)}, ${filters.zone}`] as
      [string, string]]),
    ['User', privacy.hidesNames ? text('user') : entity('user', text('user_id'), text('user'))], ['Session', text('session_id') || 'none'],
    ['Source', text('source')], ['Type', text('type')],
    ['Package', entity('package', text('package_name'), text('package'))],
    ['Function', entity('function', text('function_id'), text('function'))], ['Event', text('id')]];
  const description = div('ua-event-description', text('description'));
  description.hidden = text('description') === text('type');
  const accordion = ui.accordion('usage-event');
  accordion.addPane('Event', () => table(fields.filter(([, value]) => value !== '').map(([name, value]) =>
    [name, value])), true);
  const parameters = div('ua-asked', ui.loader());
  accordion.addPane('Parameters', () => parameters, true);
  const [error, stack] = [text('error_message'), text('error_stack_trace')];
  if (error !== '' || stack !== '')
    accordion.addPane('Error', () => div('', element('pre', 'ua-event-error', error),
      stack === '' ? null : element('pre', 'ua-event-stack', stack)), true);
  void fill(text('id'), text('description'), description, parameters, signal);
  return div('ua-selection', element('h3', 'ua-selection-title', text('type')), description, accordion.root);
}

/** The parameters, and the description with their names, once they are there. */
async function fill(id: string, text: string, description: HTMLElement, host: HTMLElement, signal: AbortSignal):
  Promise<void> {
  host.replaceChildren(ui.loader());
  try {
    const parameters = (await askEventParameters([id], signal)).get(id) ?? [];
    description.replaceChildren(...describe(text, parameters).map((piece) => piece.name == null ? piece.text :
      element('b', '', piece.text)));
    host.replaceChildren(parameters.length === 0 ? div('ua-panel-note', 'None') : parameterTable(parameters));
  } catch (e) {
    if (!signal.aborted)
      host.replaceChildren(div('ua-problem', messageOf(e)),
        linkButton('Retry', () => void fill(id, text, description, host, signal), 'Ask again'));
  }
}

function parameterTable(parameters: readonly EventParameter[]): HTMLElement {
  return table(parameters.map(({name, type, value, label}) => [div('', name, div('ua-event-type', type)),
    label === value ? value : div('', label, div('ua-event-type', value))]));
}

function table(rows: (Node | string)[][]): HTMLElement {
  return element('table', 'd4-table ua-event-fields', ...rows.map(([name, value]) =>
    element('tr', '', element('th', '', name), element('td', '', value))));
}

function entity(kind: EntityKind, id: string, label: string): Node | string {
  // What belongs to no package is the platform's own.
  const known = id !== '' && id !== UNKNOWN_ID && !(kind === 'package' && id === 'Core');
  return known ? linkButton(label || id, () => void openEntity(kind, id), 'Show in the context panel') : label;
}
