import * as ui from 'datagrok-api/ui';
import {formatInstant} from '../core/format';
import {localZone} from '../core/zone';
import {describe} from '../data/events';
import {askHappenings, type Happening, type HappeningsPage} from '../data/entity-log';
import {div, element, linkButton} from '../ui/dom';
import {openEntity} from '../ui/lists';
import {answered} from './answered';
import type {Subject} from '../data/subject';

/** Parameters that the sentence tells already. */
const TOLD = new Set(['user', 'package', 'packageName']);

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
  const {time, source, type} = happening;
  const root = div(`ua-activity-row${source === 'error' ? ' ua-activity-error' : ''}`,
    div('ua-activity-head', who(happening, hidesNames), element('time', 'ua-activity-time', formatInstant(time, localZone()))),
    sentence(happening), details(happening));
  root.querySelector('time')!.title = `${new Date(Math.floor(time)).toISOString()} · ${source} · ${type}`;
  return root;
}

function who({user, userId}: Happening, hidesNames: boolean): Node {
  if (user == null)
    return element('span', 'ua-activity-who', 'The server');
  const name = userId == null || hidesNames ? element('span', '', user) :
    linkButton(user, () => void openEntity('user', userId), 'Show in the context panel');
  name.classList.add('ua-activity-who');
  return name;
}

/** The description with names in the place of its `@parameters`; else the type, and what it concerns. */
function sentence({description, error, type, parameters}: Happening): HTMLElement {
  const text = description || error;
  if (text === '') {
    const {label} = parameters.find(({name}) => name === 'entity') ?? {};
    return div('ua-activity-text', label == null ? type : `${type}: ${label}`);
  }
  const pieces = describe(text, parameters);
  const isKnown = text.includes(type) || pieces.length > 1;
  return div('ua-activity-text', ...(isKnown ? [] : [`${type}: `]), ...pieces.map((piece) => piece.name == null ? piece.text :
    element('b', '', piece.text)));
}

/** What was logged beside what the sentence says. */
function details({description, parameters}: Happening): HTMLElement | null {
  const rest = parameters.filter(({name}) => !TOLD.has(name) && !description.includes(`@${name}`));
  if (rest.length === 0)
    return null;
  return div('ua-activity-details', ...rest.map(({name, label, value}) => {
    const item = element('span', 'ua-activity-detail', `${name}: ${label}`);
    if (value !== label)
      ui.tooltip.bind(item, value);
    return item;
  }));
}
