import * as ui from 'datagrok-api/ui';
import {changeOf} from '../core/comparison';
import {DEFINITIONS, type Definition, type MetricId} from '../core/definitions';
import {formatCompact, formatCount, formatRange} from '../core/format';
import type {Range} from '../core/range';
import type {UsageRequest} from '../core/request';
import {div, element, linkButton} from './dom';
import type {PanelContent} from './panel';

/** One number per metric, for the requested range and for the period it is compared with. */
export interface Totals {
  readonly request: UsageRequest;
  readonly current: Readonly<Record<MetricId, number>>;
  readonly previous: Readonly<Record<MetricId, number>>;
  /** What was kept, in words. */
  readonly note?: string;
  /** When what may still change was asked for; left out: when the answer was. */
  readonly asOf?: number;
}

/** The row of cards: number, change against the previous period, definition in the tooltip. */
export class Cards implements PanelContent<Totals> {
  readonly root = div('ua-cards');

  /** @param open shows the rows that a number counts; the range is null for the one on screen. */
  constructor(private readonly open: OpenRows) {}

  show(totals: Totals): void {
    this.root.replaceChildren(...DEFINITIONS.map((definition) => card(definition, totals, this.open)));
  }
}

type OpenRows = (id: CountedId, range: Range | null) => void;

/** Numbers that count rows of the log. The others count people and sessions. */
const counted = ['runs', 'events', 'errors'] as const;
type CountedId = typeof counted[number];

function card(definition: Definition, totals: Totals, open: OpenRows): HTMLElement {
  const {request} = totals;
  const {previous, wording} = request.comparison;
  const value = totals.current[definition.id];
  const before = totals.previous[definition.id];
  const change = changeOf(value, before);
  const notApplied = notFiltered(definition, request);
  const number = div('ua-card-value', value >= 1e6 ? formatCompact(value) : formatCount(value));
  const delta = div(`ua-card-change ua-${tone(definition, change.sign)}`, `${arrow(change.sign)} ${change.text}`);
  const rows = counted.find((id) => id === definition.id);
  const parts = [div('ua-card-title', definition.label), number, delta];
  const base = `${formatCount(before)} in ${wording}`;
  const root = div('ua-card', ...(rows == null ? parts : [openButton(parts, definition, () => open(rows, null))]),
    div('ua-card-base', rows == null || before === 0 ? base :
      linkButton(base, () => open(rows, previous), 'Show these rows of the log')),
    notApplied.length === 0 ? null : div('ua-card-note', notApplied[0].split(':')[0]));
  root.dataset.metric = definition.id;
  root.dataset.value = String(value);
  root.dataset.previous = String(before);
  ui.tooltip.bind(root, () => div('ua-card-tooltip', div('', definition.definition),
    div('', `${formatCount(value)} in ${formatRange(request, request.zone)}`),
    div('', `${formatCount(before)} in ${formatRange(previous, request.zone)} (${wording})`),
    ...notApplied.map((text) => div('', text)), div('', `Time zone: ${request.zone}`)));
  return root;
}

/** What of the filters in force does not hold for the number, in words. */
function notFiltered({notFiltered: words}: Definition, request: UsageRequest): string[] {
  const {packages, functions, entities, sources, types, cells} = request;
  const events = [functions, entities, sources, types, cells].some((list) => list.length > 0);
  return [packages.length > 0 ? words?.packages : null, events ? words?.events : null].filter((text) => text != null);
}

function openButton(parts: HTMLElement[], {label}: Definition, run: () => void): HTMLElement {
  const button = element('button', 'ua-card-open', ...parts);
  button.type = 'button';
  button.setAttribute('aria-label', `${label}: ${parts[1].textContent}. Show the rows of the log`);
  button.addEventListener('click', run);
  return button;
}

const arrow = (sign: -1 | 0 | 1): string => sign > 0 ? '▲' : sign < 0 ? '▼' : '•';

/** More is not always better: errors going up are bad news, events are neither. */
function tone({good}: Definition, sign: -1 | 0 | 1): string {
  if (sign === 0 || good === 'neither')
    return 'neutral';
  return (good === 'up') === (sign > 0) ? 'better' : 'worse';
}
