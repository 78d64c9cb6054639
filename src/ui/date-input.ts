import * as DG from 'datagrok-api/dg';
import * as ui from 'datagrok-api/ui';
import type {Filters} from '../data/filters';
import {formatRange} from '../core/format';
import {rangeText, USUAL_RANGES} from '../core/range';
import {toInstant, toWall} from '../core/zone';
import {div, element} from './dom';

/** Typing pauses for this long before the text counts. */
const TYPING_PAUSE = 600;

/**
 * The date filter: a text ("last 30 days", "Jan 2026", "2026-01-01..2026-02-15"), a menu of usual ranges, and a
 * picker of first and last day. Below it, the bounds that the text means and the zone in which days begin.
 */
export class DateInput {
  readonly root: HTMLElement;
  private readonly input: DG.InputBase<string>;
  private readonly meaning = div('ua-date-meaning');
  private pause: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly filters: Filters) {
    this.input = ui.input.string('Date', {value: filters.dateText, tooltipText: 'A range such as "last 30 days", ' +
      '"this month", "Jan 2026", "2026-01-01..2026-02-15" or "after 3/1/2026"'}) as DG.InputBase<string>;
    this.input.onInput.subscribe(() => {
      clearTimeout(this.pause);
      this.pause = setTimeout(() => this.apply(this.input.value), TYPING_PAUSE);
    });
    this.input.input.addEventListener('keydown', (e) => {
      if (e.key === 'Enter')
        this.apply(this.input.value);
    });
    const menu = ui.iconFA('calendar-alt', (e: MouseEvent) => this.openMenu(e), 'Usual ranges, or first and last day');
    menu.classList.add('ua-date-menu');
    this.input.addOptions(menu);
    this.root = div('ua-date', this.input.root, this.meaning);
  }

  /** Shows what the filters say, without disturbing a text that is being typed. */
  refresh(): void {
    const {request, problems} = this.filters.value;
    if (document.activeElement !== this.input.input && this.input.value !== this.filters.dateText) {
      this.input.notify = false;
      this.input.value = this.filters.dateText;
      this.input.notify = true;
    }
    this.meaning.replaceChildren(problems.length > 0 ? element('span', 'ua-problem', problems.join(' ')) :
      `${formatRange(request, request.zone)}, ${request.zone}`);
    this.input.input.classList.toggle('ua-invalid', problems.length > 0);
    this.input.input.setAttribute('aria-invalid', String(problems.length > 0));
  }

  dispose(): void {
    clearTimeout(this.pause);
  }

  private apply(text: string): void {
    clearTimeout(this.pause);
    this.filters.set({date: text.trim() === '' ? undefined : text.trim()});
    this.refresh();
  }

  private choose(text: string): void {
    this.input.notify = false;
    this.input.value = text;
    this.input.notify = true;
    this.apply(text);
  }

  private openMenu(e: MouseEvent): void {
    const menu = DG.Menu.popup();
    for (const text of USUAL_RANGES)
      menu.item(text.charAt(0).toUpperCase() + text.slice(1), () => this.choose(text));
    menu.separator().item('First and last day...', () => this.openPicker()).show({x: e.clientX, y: e.clientY});
  }

  private openPicker(): void {
    const {request} = this.filters;
    const day = (instant: number): string => new Date(toWall(instant, request.zone)).toISOString().slice(0, 10);
    const first = dayInput(day(request.from));
    const last = dayInput(day(request.to - 1));
    ui.dialog('Range')
      .add(div('ua-day-row', element('label', '', 'First day', first)))
      .add(div('ua-day-row', element('label', '', 'Last day (included)', last)))
      .onOK(() => {
        if (first.value === '' || last.value === '')
          return;
        const [from, to] = [first.value, last.value].sort().map((text) => Date.parse(`${text}T00:00:00Z`));
        const {zone} = request;
        this.choose(rangeText({from: toInstant(from, zone), to: toInstant(to + 24 * 3_600_000, zone)}, zone));
      })
      .show();
  }
}

function dayInput(value: string): HTMLInputElement {
  const input = element('input', 'ui-input-editor');
  input.type = 'date';
  input.value = value;
  input.min = '1970-01-02';
  input.max = '2199-12-31';
  return input;
}
