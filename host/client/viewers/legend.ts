/** One line of a legend. */
export interface LegendItem {
  /** Key of the category. */
  code: number;
  name: string;
  color: string;
}

export interface LegendActions {
  click(code: number, e: MouseEvent): void;
  hover(code: number | null): void;
}

/** Categories beyond this many are not listed; a last line says so. */
const most = 100;

/** Legend of a categorical colour: coloured squares with names, cut with an ellipsis and told in full by a tooltip. */
export class Legend {
  readonly root = document.createElement('div');
  private shown = '';

  constructor(private actions: LegendActions) {
    this.root.className = 'd4-legend';
    this.root.hidden = true;
  }

  /** Lists the items; an empty list hides the legend. `side` is left, right, top or bottom. */
  update(title: string, items: LegendItem[], side: string): void {
    const key = JSON.stringify([title, items, side]);
    if (key === this.shown)
      return;
    this.shown = key;
    this.root.hidden = items.length === 0;
    this.root.dataset.side = side;
    const head = document.createElement('div');
    head.className = 'd4-legend-title';
    head.textContent = title;
    this.root.replaceChildren(...(title === '' ? [] : [head]), ...items.slice(0, most).map((item) => this.line(item)));
    if (items.length > most) {
      const rest = document.createElement('div');
      rest.className = 'd4-legend-rest';
      rest.textContent = `and ${items.length - most} more`;
      this.root.append(rest);
    }
  }

  private line(item: LegendItem): HTMLElement {
    const line = document.createElement('div');
    line.className = 'd4-legend-item';
    const square = document.createElement('span');
    square.className = 'd4-legend-color';
    square.style.background = item.color;
    const name = document.createElement('span');
    name.className = 'd4-legend-value';
    name.textContent = item.name;
    line.title = item.name;
    line.append(square, name);
    line.addEventListener('click', (e) => this.actions.click(item.code, e));
    line.addEventListener('pointerenter', () => this.actions.hover(item.code));
    line.addEventListener('pointerleave', () => this.actions.hover(null));
    return line;
  }
}

/** Legend of a linear colour: a gradient between the smallest and the largest value. */
export class ColorBar {
  readonly root = document.createElement('div');
  private readonly gradient = document.createElement('div');
  private readonly low = document.createElement('span');
  private readonly high = document.createElement('span');

  constructor() {
    this.root.className = 'd4-color-bar';
    this.root.hidden = true;
    this.gradient.className = 'd4-color-bar-gradient';
    this.root.append(this.low, this.gradient, this.high);
  }

  update(scheme: string[] | null, low = '', high = ''): void {
    this.root.hidden = scheme == null;
    if (scheme == null)
      return;
    this.gradient.style.background = `linear-gradient(to right, ${scheme.join(', ')})`;
    this.low.textContent = low;
    this.high.textContent = high;
  }
}
