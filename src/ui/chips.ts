import * as ui from 'datagrok-api/ui';
import type {Subscription} from 'rxjs';
import type {AddressState} from '../core/address';
import {formatRange} from '../core/format';
import {DEFAULT_RANGE} from '../core/range';
import type {Filters} from '../data/filters';
import {kindNames, labelledKinds, type Labels} from '../data/labels';
import type {Privacy} from '../data/privacy';
import {chip, ignoredChip} from './chip';
import {div} from './dom';
import type {NarrowKind} from './tab-view';

/** More items of one kind than this are one chip. */
const MOST_CHIPS = 4;

/** The row that says what is in force, on every tab, and takes single items away. */
export class Chips {
  readonly root = div('ua-chips ua-filter-chips');
  private readonly subscription: Subscription;
  private ignored: readonly string[] = [];

  constructor(private readonly filters: Filters, private readonly labels: Labels, private readonly privacy: Privacy) {
    this.subscription = filters.changes.subscribe(() => this.refresh());
  }

  dispose(): void {
    this.subscription.unsubscribe();
  }

  /** @param kinds filters that the tab on screen does not obey. */
  ignore(kinds: readonly NarrowKind[]): void {
    this.ignored = kinds;
    this.refresh();
  }

  refresh(): void {
    const {state, request} = this.filters.value;
    const set = (patch: Partial<AddressState>): void => this.filters.set(patch);
    const range = formatRange(request, request.zone);
    const chips = [
      chip('Range', range, state.date == null ? undefined : () => set({date: undefined}),
        `${range}, ${request.zone}${state.date == null ? '' : `. Remove: ${DEFAULT_RANGE}`}`),
      ...labelledKinds.flatMap((kind) => this.kindChips(kind)),
      state.cells.length === 0 ? null : chip('Points', `exactly ${state.cells.length} selected`, () => set({cells: []})),
      state.measure == null ? null :
        this.marked('measure', chip('Counting', state.measure, () => set({measure: undefined}))),
      state.service ? chip('Service accounts', 'included', () => set({service: false})) : null,
      state.compare === 'year' ? chip('Compared with', 'a year before', () => set({compare: undefined})) : null,
    ];
    this.root.replaceChildren(...chips.filter((c) => c != null));
    if (this.privacy.hidesNames)
      this.root.prepend(chip('Names', 'hidden', undefined, 'Administrators chose that pseudonyms are shown'));
    if (chips.filter((c) => c != null).length > 2)
      this.root.append(ui.link('Reset', () => this.filters.reset(), 'Last 30 days, everybody, all packages'));
  }

  private kindChips(kind: typeof labelledKinds[number]): HTMLElement[] {
    const ids = this.filters.value.state[kind];
    if (ids.length > MOST_CHIPS)
      return [this.marked(kind, chip(`${kindNames[kind]}s`, String(ids.length), () => this.filters.set({[kind]: []}),
        ids.map((id) => this.labels.of(kind, id)).join(', ')))];
    return ids.map((id) => this.marked(kind, chip(kindNames[kind], this.labels.of(kind, id), () =>
      this.filters.set({[kind]: this.filters.value.state[kind].filter((other) => other !== id)}))));
  }

  private marked(kind: string, root: HTMLElement): HTMLElement {
    return this.ignored.includes(kind) ? ignoredChip(root) : root;
  }
}
