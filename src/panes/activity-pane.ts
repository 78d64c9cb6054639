import * as ui from 'datagrok-api/ui';
import {activityText, type Piece} from '../core/activity-text';
import {formatInstant} from '../core/format';
import {localZone} from '../core/zone';
import {askHappenings, type Happening, type HappeningsPage} from '../data/entity-log';
import {div, element, linkButton} from '../ui/dom';
import {openEntity} from '../ui/lists';
import {answered} from './answered';
import type {Subject} from '../data/subject';

/** Parameters of package loggers, which say what the sentence does. */
const TOLD = ['package', 'packageName'];

/** What happened to an entity, or what a person did: the newest first, a page at a time. */
export function activityPane(subject: Subject, signal: AbortSignal): HTMLElement {
  const root = div('ua-pane ua-activity');
  root.setAttribute('aria-label', `Activity of ${subject.caption}`);
  const page = (after: Happening | null): HTMLElement => answered((asked) => askHappenings(subject, after, asked),
    (found) => pageContent(found, after == null, (last) => root.append(page(last))), signal);
  root.append(page(null));
  return root;
}

function pageContent({rows, hasMore, hidesNames}: HappeningsPage, isFirst: boolean,
  more: (last: Happening) => void): HTMLElement {
  if (rows.length === 0)
    return div('ua-panel-note', isFirst ? 'Nothing is on record.' : 'That was all.');
  const older = linkButton('Older', () => {
    older.remove();
    more(rows[rows.length - 1]);
  }, 'The next page');
  return div('', ...rows.map((one) => row(one, hidesNames)), hasMore ? older : null);
}

function row(happening: Happening, hidesNames: boolean): HTMLElement {
  const {time, source, type, description, error, user, parameters} = happening;
  const pieces = activityText({type, description, error, who: user ?? '', values: parameters});
  const root = div(`ua-activity-row${source === 'error' ? ' ua-activity-error' : ''}`,
    div('ua-activity-head', who(happening, hidesNames), element('time', 'ua-activity-time', formatInstant(time, localZone()))),
    sentence(happening, pieces), details(happening, pieces));
  root.querySelector('time')!.title = `${new Date(Math.floor(time)).toISOString()} · ${source} · ${type}`;
  return root;
}

function who({user, userId, byServer}: Happening, hidesNames: boolean): Node {
  const name = user == null ? element('span', '', byServer ? 'The server' : 'An account that is gone') :
    userId == null || hidesNames ? element('span', '', user) :
      linkButton(user, () => void openEntity('user', userId), 'Show in the context panel');
  name.classList.add('ua-activity-who');
  return name;
}

/** What happened; a text that no parameter belongs to is preceded by the type, unless it says it. */
function sentence({type, description}: Happening, pieces: readonly Piece[]): HTMLElement {
  const says = pieces.some(({name}) => name != null) || description === '' || description.includes(type);
  return div('ua-activity-text', ...(says ? [] : [`${type}: `]), ...pieces.map((piece) => piece.name == null ? piece.text :
    element('b', '', piece.text)));
}

/** What was logged beside what the sentence says. */
function details({parameters, user}: Happening, pieces: readonly Piece[]): HTMLElement | null {
  const told = new Set([...TOLD, ...pieces.map(({name}) => name)]);
  const rest = parameters.filter(({name, label}) => !told.has(name) && !(name === 'user' && label === user));
  if (rest.length === 0)
    return null;
  return div('ua-activity-details', ...rest.map(({name, label, value}) => {
    const item = element('span', 'ua-activity-detail', `${name}: ${label}`);
    if (value !== label)
      ui.tooltip.bind(item, value);
    return item;
  }));
}
