import * as DG from 'datagrok-api/dg';
import {columnsFor} from './property-panel.ts';
import type {ViewerHandle} from './viewer-handle.ts';

/** What a selector on the plot changes. */
export interface SelectorOptions {
  /** Property that names the column. */
  property: string;
  /** Word before the column's name, e.g. `Color`. */
  label?: string;
  /** Choice of nothing, for optional columns. */
  none?: string;
  /** Property with an aggregation, offered in the same menu. */
  aggregation?: {property: string; choices: string[]};
  /** For properties that hold lists: which of the columns this selector is about. */
  index?: number;
}

/** Combo box on the plot: shows the column in use, a click offers the others. */
export class ColumnSelector {
  readonly root = document.createElement('div');
  private readonly value = document.createElement('span');

  constructor(private viewer: ViewerHandle, private options: SelectorOptions) {
    this.root.className = 'd4-column-selector';
    this.root.setAttribute('role', 'button');
    this.root.tabIndex = 0;
    this.root.dataset.property = options.property;
    if (options.label != null) {
      const label = document.createElement('span');
      label.className = 'd4-column-selector-label';
      label.textContent = options.label;
      this.root.append(label);
    }
    this.value.className = 'd4-column-selector-column';
    this.root.append(this.value);
    this.root.addEventListener('click', (e) => {
      e.stopPropagation();
      this.open(e);
    });
    this.root.addEventListener('keydown', (e) => {
      if (e.key === 'Enter' || e.key === ' ')
        this.root.click();
    });
  }

  /** @param text what to show; the column's name unless the viewer says more (`sum(count)`). */
  update(shown: boolean, text?: string): void {
    this.root.hidden = !shown;
    const name = this.read(this.options.property);
    const words = text ?? (name == null || name === '' ? this.options.none ?? '' : name);
    this.value.textContent = words;
    this.root.title = words;
  }

  private open(e: MouseEvent): void {
    const {property, none, aggregation} = this.options;
    const spec = this.viewer.viewerType.properties.find((s) => s.name === property)!;
    const menu = DG.Menu.popup();
    if (aggregation != null)
      menu.group('Aggregation').items(aggregation.choices, (x) => this.write(aggregation.property, x),
        {isChecked: (x) => x === this.read(aggregation.property)}).endGroup().separator();
    if (none != null)
      menu.item(none, () => this.write(property, ''));
    menu.items(columnsFor(this.viewer.dataFrame, spec).map((c) => c.name), (name) => this.write(property, name),
      {isChecked: (name) => name === this.read(property)});
    menu.show({causedBy: e, element: this.root});
  }

  private read(property: string): any {
    const value = this.viewer.look.get(property);
    return this.options.index == null ? value : value?.[this.options.index];
  }

  /** Writing nothing into a list takes the item out. */
  private write(property: string, value: string): void {
    const {index} = this.options;
    if (index == null) {
      this.viewer.look.set(property, value);
      return;
    }
    const list = [...this.viewer.look.get(property) ?? []];
    if (value === '')
      list.splice(index, 1);
    else
      list[index] = value;
    this.viewer.look.set(property, list);
  }
}
