import type * as DG from 'datagrok-api/dg';
import {isDate, numbersOf} from '../viewers/column-values.ts';
import {maskWhere, type Mask} from '../viewers/mask.ts';
import {formatValue} from '../viewers/value-format.ts';
import {ColumnFilter, type FilterState} from './column-filter.ts';

const bins = 30;
const day = 86_400_000;

/**
 * From and to of a number or a date, both included, with the distribution above. Dates are days in UTC, and the last
 * day counts whole. A row without a value passes only while nothing is restricted.
 */
export class RangeFilter extends ColumnFilter {
  readonly filterType = 'histogram';
  private min: number | null = null;
  private max: number | null = null;
  private readonly bars = document.createElement('div');
  private readonly from: HTMLInputElement;
  private readonly to: HTMLInputElement;

  constructor(column: DG.Column, changed: () => void) {
    super(column, changed);
    this.bars.className = 'd4-filter-histogram';
    this.from = this.editor('from');
    this.to = this.editor('to');
    const range = document.createElement('div');
    range.className = 'd4-filter-range';
    const dash = document.createElement('span');
    dash.textContent = '–';
    range.append(this.from, dash, this.to);
    this.controls.append(this.bars, range);
    this.refresh();
  }

  protected get restricts(): boolean {return this.min != null || this.max != null;}

  rows(): Mask {
    const numbers = numbersOf(this.column);
    const [min, max] = [this.min ?? -Infinity, this.max ?? Infinity];
    return maskWhere(this.column.length, (row) => numbers[row] >= min && numbers[row] <= max);
  }

  get summary(): string {
    const text = (x: number): string => formatValue(x, this.column);
    return this.min == null ? `≤ ${text(this.max!)}` : this.max == null ? `≥ ${text(this.min)}` :
      `${text(this.min)} – ${text(this.max)}`;
  }

  protected clear(): void {
    this.min = this.max = null;
  }

  protected criteria(): Record<string, any> {return {min: this.min, max: this.max};}

  protected setCriteria(state: FilterState): void {
    this.min = state.min == null ? null : Number(state.min);
    this.max = state.max == null ? null : Number(state.max);
  }

  protected show(): void {
    const [low, high] = this.extent();
    this.from.placeholder = Number.isFinite(low) ? formatValue(low, this.column) : '';
    this.to.placeholder = Number.isFinite(high) ? formatValue(high, this.column) : '';
    this.from.value = this.write(this.min);
    this.to.value = this.write(this.max);
    this.bars.replaceChildren(...this.histogram(low, high));
  }

  private extent(): [number, number] {
    let [low, high] = [Infinity, -Infinity];
    for (const x of numbersOf(this.column)) {
      if (x < low)
        low = x;
      if (x > high)
        high = x;
    }
    return [low, high];
  }

  private histogram(low: number, high: number): HTMLElement[] {
    if (!(high > low))
      return [];
    const counts = new Int32Array(bins);
    const width = (high - low) / bins;
    for (const x of numbersOf(this.column))
      if (!Number.isNaN(x))
        counts[Math.min(bins - 1, Math.floor((x - low) / width))]++;
    const most = counts.reduce((a, b) => Math.max(a, b), 1);
    return Array.from(counts, (n, i) => {
      const bar = document.createElement('span');
      bar.style.height = `${n === 0 ? 0 : Math.max(4, 100 * n / most)}%`;
      bar.classList.toggle('d4-filter-out', low + (i + 1) * width < (this.min ?? -Infinity) ||
        low + i * width > (this.max ?? Infinity));
      return bar;
    });
  }

  private editor(side: 'from' | 'to'): HTMLInputElement {
    const input = document.createElement('input');
    input.type = isDate(this.column) ? 'date' : 'number';
    input.step = 'any';
    input.className = 'd4-filter-edge';
    input.setAttribute('aria-label', `${this.column.name}, ${side}`);
    input.addEventListener('change', () => {
      const x = this.read(input.value, side);
      if (side === 'from')
        this.min = x;
      else
        this.max = x;
      this.update();
    });
    return input;
  }

  private read(text: string, side: 'from' | 'to'): number | null {
    if (text === '')
      return null;
    if (!isDate(this.column))
      return Number(text);
    const start = Date.parse(`${text}T00:00:00Z`);
    // The core keeps microseconds: the last one of the day.
    return side === 'from' ? start : start + day - .001;
  }

  private write(x: number | null): string {
    return x == null ? '' : isDate(this.column) ? new Date(x).toISOString().slice(0, 10) : String(x);
  }
}
