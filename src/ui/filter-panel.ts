import * as ui from 'datagrok-api/ui';
import type * as DG from 'datagrok-api/dg';
import type {Subscription} from 'rxjs';
import type {Filters} from '../data/filters';
import {loadCategories, loadInventory, loadTags, type Item} from '../data/inventory';
import {kindNames, type Labels} from '../data/labels';
import {messageOf} from '../data/runner';
import {localZone} from '../core/zone';
import {DateInput} from './date-input';
import {div, element} from './dom';
import {Picker} from './picker';

type PickerKind = 'groups' | 'users' | 'packages' | 'categories' | 'tags';
type OwnKind = 'categories' | 'tags';

/** The toolbox: the filters that hold for all tabs, and those of the tab on screen. Every change applies at once. */
export class FilterPanel {
  readonly root = div('ua-filters');
  private readonly date: DateInput;
  private readonly pickers: Record<PickerKind, Picker>;
  private readonly service: DG.InputBase<boolean>;
  private readonly zone: DG.InputBase<string>;
  private readonly compare: DG.InputBase<string>;
  private readonly notes = div('ua-filter-notes');
  private readonly subscription: Subscription;
  private readonly loaded = new Set<OwnKind>();
  private closed = false;

  constructor(private readonly filters: Filters, private readonly labels: Labels) {
    this.date = new DateInput(filters);
    this.pickers = {
      groups: this.picker('groups', 'Groups', 'Everybody', 'Only members of these groups, nested groups included'),
      users: this.picker('users', 'Users', 'All users', 'Only these people (of the groups, when groups are chosen too)'),
      packages: this.picker('packages', 'Packages', 'All packages',
        'Only what belongs to these packages. Core is the platform itself'),
      categories: this.picker('categories', 'Package categories', 'All categories', 'This tab only'),
      tags: this.picker('tags', 'Function tags', 'All functions', 'This tab only'),
    };
    this.service = ui.input.toggle('Service accounts', {value: filters.request.service,
      tooltipText: 'Count service and system accounts and package tests too', onValueChanged: (service) =>
        filters.set({service: service === true})}) as DG.InputBase<boolean>;
    this.zone = ui.input.choice('Time zone', {value: filters.zone, items: zones(filters.zone), nullable: false,
      tooltipText: 'Days and weeks begin at midnight here; times are shown in it',
      onValueChanged: (zone) => filters.set({zone: zone === localZone() ? undefined : zone ?? undefined})}) as
        DG.InputBase<string>;
    this.compare = ui.input.choice('Compare with', {value: comparisons.previous, items: Object.values(comparisons),
      nullable: false, tooltipText: 'What the cards compare the range with',
      onValueChanged: (text) => filters.set({compare: text === comparisons.year ? 'year' : undefined})}) as
        DG.InputBase<string>;
    this.root.append(this.date.root, div('ui-form ui-form-condensed',
      ...Object.values(this.pickers).map((p) => p.root), this.compare.root, this.zone.root, this.service.root),
    this.notes);
    this.showOwn([]);
    this.subscription = filters.changes.subscribe(() => this.refresh());
    void this.load();
  }

  dispose(): void {
    this.closed = true;
    this.subscription.unsubscribe();
    this.date.dispose();
  }

  /** Shows the inputs of the tab's own filters, and hides those of other tabs; their values are kept. */
  showOwn(kinds: readonly OwnKind[]): void {
    for (const kind of ['categories', 'tags'] as const) {
      this.pickers[kind].root.style.display = kinds.includes(kind) ? '' : 'none';
      if (kinds.includes(kind) && !this.loaded.has(kind))
        void this.loadOwn(kind);
    }
  }

  /** Reads the names again that can be chosen. */
  reload(): void {
    void this.load();
  }

  private picker(kind: PickerKind, caption: string, placeholder: string, tooltip: string): Picker {
    return new Picker(caption, placeholder, (ids) => this.filters.set({[kind]: ids}), tooltip);
  }

  private offer(kind: PickerKind, items: Item[]): void {
    this.pickers[kind].offer(items);
    this.labels.learn(kind, items);
  }

  private async load(): Promise<void> {
    this.notes.replaceChildren();
    try {
      const inventory = await loadInventory();
      if (this.closed)
        return;
      for (const kind of ['groups', 'users', 'packages'] as const)
        this.offer(kind, inventory[kind]);
      this.filters.touch();
    } catch (e) {
      if (!this.closed)
        this.notes.replaceChildren(element('div', 'ua-problem', `Groups and packages could not be read: ${messageOf(e)}`),
          ui.link('Retry', () => void this.load(), 'Read them again'));
    }
  }

  private async loadOwn(kind: OwnKind): Promise<void> {
    this.loaded.add(kind);
    try {
      const items = await (kind === 'tags' ? loadTags() : loadCategories());
      if (!this.closed)
        this.offer(kind, items);
    } catch (e) {
      this.loaded.delete(kind);
      if (!this.closed)
        this.notes.replaceChildren(element('div', 'ua-problem', `The list of ${kind} could not be read: ${messageOf(e)}`));
    }
  }

  private refresh(): void {
    const {state, request} = this.filters.value;
    this.date.refresh();
    for (const [kind, picker] of Object.entries(this.pickers))
      picker.set(state[kind as PickerKind]);
    setSilently(this.service, request.service);
    setSilently(this.zone, request.zone);
    setSilently(this.compare, comparisons[state.compare === 'year' ? 'year' : 'previous']);
    const unknown = Object.entries(this.pickers).flatMap(([kind, picker]) =>
      picker.unknown.map((id) => `${kindNames[kind as PickerKind].toLowerCase()} "${id}"`));
    this.notes.replaceChildren(...(unknown.length === 0 ? [] :
      [element('div', 'ua-problem', `Not known on this server: ${unknown.join(', ')}`)]));
  }
}

const comparisons = {previous: 'The period before', year: 'A year before'};

function setSilently<T>(input: DG.InputBase<T>, value: T): void {
  if (input.value === value)
    return;
  input.notify = false;
  input.value = value;
  input.notify = true;
}

/** All zones that the browser knows; the one in use, the local one and UTC first. */
function zones(current: string): string[] {
  return [...new Set([current, localZone(), 'UTC', ...Intl.supportedValuesOf('timeZone')])];
}
