import * as ui from 'datagrok-api/ui';
import type * as DG from 'datagrok-api/dg';
import type {Subscription} from 'rxjs';
import type {Filters} from '../data/filters';
import {loadInventory, type Inventory} from '../data/inventory';
import {messageOf} from '../data/runner';
import {localZone} from '../core/zone';
import {DateInput} from './date-input';
import {div, element} from './dom';
import {Picker} from './picker';

/** The toolbox: the filters that hold for all tabs. Every change is applied at once. */
export class FilterPanel {
  readonly root = div('ua-filters');
  private readonly date: DateInput;
  private readonly groups: Picker;
  private readonly packages: Picker;
  private readonly service: DG.InputBase<boolean>;
  private readonly zone: DG.InputBase<string>;
  private readonly notes = div('ua-filter-notes');
  private readonly subscription: Subscription;
  private closed = false;

  constructor(private readonly filters: Filters) {
    this.date = new DateInput(filters);
    this.groups = new Picker('Groups', 'Everybody', (groups) => filters.set({groups}),
      'Only members of these groups, nested groups included');
    this.packages = new Picker('Packages', 'All packages', (packages) => filters.set({packages}),
      'Only what belongs to these packages. Core is the platform itself');
    this.service = ui.input.toggle('Service accounts', {value: filters.request.service,
      tooltipText: 'Count service and system accounts and package tests too', onValueChanged: (service) =>
        filters.set({service: service === true})}) as DG.InputBase<boolean>;
    this.zone = ui.input.choice('Time zone', {value: filters.zone, items: zones(filters.zone), nullable: false,
      tooltipText: 'Days and weeks begin at midnight here; times are shown in it',
      onValueChanged: (zone) => filters.set({zone: zone === localZone() ? undefined : zone ?? undefined})}) as
        DG.InputBase<string>;
    this.root.append(this.date.root, div('ui-form ui-form-condensed', this.groups.root, this.packages.root,
      this.service.root, this.zone.root), this.notes, div('ua-filter-actions',
      ui.link('Reset filters', () => filters.reset(), 'Last 30 days, everybody, all packages')));
    this.subscription = filters.changes.subscribe(() => this.refresh());
    void this.load();
  }

  dispose(): void {
    this.closed = true;
    this.subscription.unsubscribe();
    this.date.dispose();
  }

  /** Label of a group or package for chips and notes. */
  labelOf(kind: 'groups' | 'packages', id: string): string {
    return this[kind].labelOf(id);
  }

  private async load(): Promise<void> {
    this.notes.replaceChildren();
    let inventory: Inventory;
    try {
      inventory = await loadInventory();
    } catch (e) {
      if (!this.closed)
        this.notes.replaceChildren(element('div', 'ua-problem', `Groups and packages could not be read: ${messageOf(e)}`),
          ui.link('Retry', () => void this.load(), 'Read them again'));
      return;
    }
    if (this.closed)
      return;
    this.groups.offer(inventory.groups);
    // Packages are filtered by name: all versions of one package share it.
    this.packages.offer(inventory.packages);
    this.refresh();
  }

  private refresh(): void {
    const {state, request} = this.filters.value;
    this.date.refresh();
    this.groups.set(state.groups);
    this.packages.set(state.packages);
    setSilently(this.service, request.service);
    setSilently(this.zone, request.zone);
    const unknown = [...this.groups.unknown.map((id) => `group ${id}`),
      ...this.packages.unknown.map((name) => `package "${name}"`)];
    this.notes.replaceChildren(...(unknown.length === 0 ? [] :
      [element('div', 'ua-problem', `Not known on this server: ${unknown.join(', ')}`)]));
  }
}

function setSilently<T>(input: DG.InputBase<T>, value: T): void {
  if (input.value === value)
    return;
  input.notify = false;
  input.value = value;
  input.notify = true;
}

/** All zones that the browser knows; the one in use, the local one and UTC first. */
function zones(current: string): string[] {
  const all = Intl.supportedValuesOf('timeZone');
  return [...new Set([current, localZone(), 'UTC', ...all])];
}
