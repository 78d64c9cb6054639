import * as DG from 'datagrok-api/dg';
import * as ui from 'datagrok-api/ui';
import dayjs from 'dayjs';
import type {Input} from './input.ts';

/** Expressions of search patterns that the compiled core's parser understands, by type of data, in groups. */
const groups: Record<string, string[][]> = {
  datetime: [
    ['today', 'yesterday', 'this week', 'last week', 'this month', 'last month', 'this year', 'last year'],
    ['last 24 hours', 'last 7 days', 'last 30 days', 'last 90 days', 'last 365 days'],
  ],
  number: [
    ['10', '!= 10', '> 10', '>= 10', '< 10', '<= 10', '10-20', 'in (10, 20)', 'not in (10, 20)'],
    ['is null', 'is not null'],
  ],
  string: [
    ['contains text', 'starts with text', 'ends with text', 'equals text', 'in (one, two)', 'not in (one, two)',
      'regex ^text$'],
    ['is null', 'is not null'],
  ],
};

/** `3/9/2026`: the only form of a date that the parser takes inside ranges. */
const day = (date: dayjs.Dayjs): string => date.format('M/D/YYYY');

/**
 * A button behind the editor with the usual expressions of a pattern; the chosen one becomes the value, as if typed.
 * @param pattern type of data that the pattern filters: `datetime`, `int`, `double`, `string`
 */
export function addPatternMenu(input: Input, pattern: string): void {
  const kind = pattern === 'datetime' || pattern === 'string' ? pattern : 'number';
  const button = ui.element('button');
  button.setAttribute('type', 'button');
  button.className = 'ui-input-pattern-menu';
  button.setAttribute('aria-label', 'Usual expressions');
  button.setAttribute('aria-haspopup', 'menu');
  button.append(ui.iconFA('bars'));
  button.addEventListener('click', (e: MouseEvent) => {
    e.preventDefault();
    if (input.enabled && !input.readOnly)
      showMenu(input, kind, button);
  });
  input.options.append(button);
}

function showMenu(input: Input, kind: string, button: HTMLElement): void {
  const menu = DG.Menu.popup();
  const use = (text: string): void => choose(input, text);
  for (const texts of groups[kind]) {
    if (texts !== groups[kind][0])
      menu.separator();
    for (const text of texts)
      menu.item(text, () => use(text));
  }
  if (kind === 'datetime') {
    menu.separator();
    menu.item('Before...', () => askDates('Before', ['Date'], ([d]) => use(`before ${day(d)}`)));
    menu.item('After...', () => askDates('After', ['Date'], ([d]) => use(`after ${day(d)}`)));
    menu.item('Range...', () => askDates('Range', ['From', 'To'], ([from, to]) => use(rangeText(from, to))));
    menu.item('anytime', () => use('anytime'));
  }
  const {left, bottom} = button.getBoundingClientRect();
  menu.show({x: left, y: bottom + 2});
}

/**
 * Both days belong to the range. The parser takes both ends as instants and both inclusive, so the end is the last
 * instant that it can read within the second day.
 */
export function rangeText(from: dayjs.Dayjs, to: dayjs.Dayjs): string {
  const [first, last] = from.isAfter(to) ? [to, from] : [from, to];
  return `${day(first)} 00:00:00-${day(last)} 23:59:59.999`;
}

function askDates(title: string, captions: string[], use: (dates: dayjs.Dayjs[]) => void): void {
  const now = dayjs().startOf('day');
  const inputs = captions.map((caption, i) => ui.input.date(caption, {
    value: captions.length === 2 && i === 0 ? now.subtract(6, 'day') : now, nullable: false}));
  const dialog = ui.dialog(title);
  for (const input of inputs)
    dialog.add(input);
  dialog.onOK(() => {
    const dates = inputs.map((input) => input.value);
    if (dates.every((date) => date != null))
      use(dates as dayjs.Dayjs[]);
  }).show();
}

/** The user chose the expression: what typing it would do, happens. */
function choose(input: Input, text: string): void {
  const editor = input.element as HTMLInputElement;
  editor.value = text;
  editor.dispatchEvent(new Event('input', {bubbles: true}));
  editor.focus();
}
