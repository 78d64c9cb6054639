import * as ui from 'datagrok-api/ui';
import {EMPTY_ADDRESS, type AddressState} from '../core/address';
import {formatCount, formatDay, formatDuration} from '../core/format';
import {localZone} from '../core/zone';
import {askDurations, askEarlierUse, askEntityUsage, askMembers, askTopFunctions, usageIn, WINDOWS, windowRequest,
  type Durations, type EntityUsage, type Window, type WindowUsage} from '../data/entity-usage';
import {div, element, linkButton} from '../ui/dom';
import {lineList} from '../ui/lists';
import {sparkline} from '../ui/sparkline';
import {answered} from './answered';
import {openApp} from './open-app';
import type {Subject} from '../data/subject';

/** Lists in a pane are short; the tabs show the rest. */
const MOST_LINES = 5;

/** The window that was looked at last holds for the next entity, too. */
let remembered: Window = 30;

/**
 * How an entity is used: people, runs or openings, errors, a trend, the most active people, durations. The numbers are
 * those of the tabs under the same filters.
 */
export function usagePane(subject: Subject, signal: AbortSignal): HTMLElement {
  const zone = localZone();
  const root = div('ua-pane', answered((asked) => askEntityUsage(subject, zone, asked),
    (usage) => windows(usage, signal), signal));
  root.setAttribute('aria-label', `Usage of ${subject.caption}`);
  return root;
}

/** A switch between the windows, and what is known of the one that is chosen. */
function windows(usage: EntityUsage, signal: AbortSignal): HTMLElement {
  const body = div('');
  const buttons = WINDOWS.map((days) => {
    const button = element('button', 'ua-switch-button', `${days} days`);
    button.type = 'button';
    button.addEventListener('click', () => choose(days));
    return button;
  });
  const choose = (days: Window): void => {
    remembered = days;
    WINDOWS.forEach((one, i) => {
      buttons[i].classList.toggle('ua-switch-current', one === days);
      buttons[i].setAttribute('aria-pressed', String(one === days));
    });
    body.replaceChildren(...windowContent(usage, days, signal).filter((part) => part != null));
  };
  choose(remembered);
  return div('', div('ua-switch', ...buttons), body);
}

function windowContent(usage: EntityUsage, days: Window, signal: AbortSignal): (Node | null)[] {
  const {subject} = usage;
  const request = windowRequest(subject, days, usage.request.zone, usage.request.to - 1);
  const numbers = usageIn(usage, request);
  const {kind} = subject;
  const functions = {user: 'Functions run', package: 'Functions run', connection: 'Queries run'}[kind as string];
  return [numberTable(usage, numbers, days, signal),
    sparkline(numbers.days, 'Events per day'),
    div('ua-panel-note', `Events per day, ${request.zone}`),
    kind === 'user' ? list('Packages', numbers.packages, 'package') : list('Most active', numbers.users, usage.hidesNames ? undefined : 'user'),
    functions == null ? null : section(functions, answered((asked) => askTopFunctions(request, asked),
      (lines) => lineList(lines.slice(0, MOST_LINES), 'function'), signal)),
    // Calls are known by people and functions alone.
    subject.filters.entities != null ? null :
      section('Duration', answered((asked) => askDurations(request, asked), durations, signal)),
    openButton(subject, days)];
}

function numberTable(usage: EntityUsage, numbers: WindowUsage, days: Window, signal: AbortSignal): HTMLElement {
  const {subject, request} = usage;
  const {people, events, runs, openings, errors} = numbers;
  const {lastUse} = usageIn(usage, request);
  const rows: [string, Node | string][] = [
    ...(subject.kind === 'group' ? [['Active members', withMembers(subject.id, people, signal)] as [string, Node]] :
      subject.kind === 'user' ? [] : [['People', formatCount(people)] as [string, string]]),
    openings == null ? ['Runs', counted(subject, days, runs, 'runs')] : ['Openings', formatCount(openings)],
    ['Events', counted(subject, days, events, 'events')], ['Errors', counted(subject, days, errors, 'errors')],
    ['Last use', lastUse != null ? formatDay(lastUse, request.zone) : answered((asked) => askEarlierUse(usage, asked),
      (earlier) => document.createTextNode(earlier == null ? 'never' : formatDay(earlier, request.zone)), signal)]];
  return element('table', 'd4-table ua-counts', ...rows.map(([name, value]) =>
    element('tr', '', element('td', '', name), element('td', 'ua-number', value))));
}

/** A number that leads to its rows in the log. */
function counted(subject: Subject, days: Window, count: number, measure: string): Node | string {
  return count === 0 ? formatCount(count) : linkButton(formatCount(count), () => openApp({...stateOf(subject, days), tab: 'Events', view: 'log', measure}),
    'Show the rows that this counts');
}

/** Active of how many: those who count as members are asked for apart. */
function withMembers(group: string, active: number, signal: AbortSignal): HTMLElement {
  return element('span', '', `${formatCount(active)} of `, answered((asked) => askMembers(group, asked),
    (members) => document.createTextNode(members == null ? '–' : formatCount(members)), signal));
}

function durations(found: Durations | null): HTMLElement {
  if (found == null)
    return div('ua-panel-note', 'No call was saved in these days.');
  const {calls, measured, failed, p50, p95} = found;
  const text = (ms: number | null): string => ms == null ? '–' : formatDuration(ms);
  const table = ui.tableFromMap({'Saved calls': formatCount(calls), 'Failed': formatCount(failed), 'p50': text(p50),
    'p95': text(p95)});
  table.classList.add('ua-counts');
  return div('', table, p50 == null ? div('ua-panel-note', 'Too few calls ended for percentiles.') : null,
    measured < calls ? div('ua-panel-note', `Failed and durations are of the latest ${formatCount(measured)} calls.`) : null);
}

function list(title: string, lines: WindowUsage['users'], kind?: 'user' | 'package'): HTMLElement | null {
  return lines.length === 0 ? null : section(title, lineList(lines.slice(0, MOST_LINES), kind));
}

const section = (title: string, content: HTMLElement): HTMLElement =>
  div('ua-pane-section', element('h4', 'ua-pane-title', title), content);

const stateOf = ({filters}: Subject, days: Window): AddressState =>
  ({...EMPTY_ADDRESS, date: `last ${days} days`, ...filters});

/** Leads to the tab that shows this entity, with the same days. */
function openButton(subject: Subject, days: Window): HTMLElement {
  const {tab} = subject;
  return linkButton('Open in Usage Analysis', () => openApp({...stateOf(subject, days), tab}),
    `Show the tab ${tab} for just this`);
}
