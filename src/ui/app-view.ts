import * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import * as ui from 'datagrok-api/ui';
import {decodeAddress, encodeAddress, type AddressState} from '../core/address';
import {Filters} from '../data/filters';
import {Labels} from '../data/labels';
import {platformRange} from '../data/patterns';
import {Privacy} from '../data/privacy';
import {plainSummaries, summaries} from '../data/summary';
import {Chips} from './chips';
import {commands, runKey} from './commands';
import {DrillBar} from './drill-bar';
import {div} from './dom';
import {FilterPanel} from './filter-panel';
import type {AppContext, TabView} from './tab-view';

/** A tab as the app declares it. */
export interface TabDeclaration {
  readonly name: string;
  create(app: AppContext): TabView;
}

/** Reads `/Tab?query`: the tab is a segment of the path, everything else is in the query. */
export function decodePath(path: string, tabs: readonly TabDeclaration[]): {state: AddressState, problems: string[]} {
  const [place, query = ''] = path.split(/\?(.*)/s);
  const {state, problems} = decodeAddress(query);
  const word = decodeSegment(place.split('/').filter((segment) => segment !== '').pop() ?? '');
  const tab = tabs.find(({name}) => name.toLowerCase() === word.toLowerCase());
  if (tab == null && word !== '')
    problems.push(`There is no tab "${word}".`);
  return {state: {...state, tab: tab?.name ?? tabs[0].name}, problems};
}

function decodeSegment(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Writes what `decodePath` reads. */
export function encodePath(state: AddressState, tabs: readonly TabDeclaration[]): string {
  const query = encodeAddress({...state, tab: undefined});
  return `/${encodeURIComponent(state.tab ?? tabs[0].name)}${query === '' ? '' : `?${query}`}`;
}

/**
 * The app: its tabs in one view, the filters in the toolbox, the commands in the ribbon. What is on screen and what is
 * in the address are the same: each follows the other.
 */
export class AppView extends DG.MultiView {
  readonly filters: Filters;
  readonly privacy: Privacy;
  private readonly disposables: {dispose(): void}[];
  private readonly panel: FilterPanel;
  private readonly chips: Chips;
  private restoring = false;
  private readonly places = new Map<string, Pick<AddressState, 'view' | 'selected' | 'page'>>();

  constructor(private readonly tabList: readonly TabDeclaration[], path: string) {
    const {state, problems} = decodePath(path, tabList);
    const filters = new Filters(state, Date.now, platformRange);
    const labels = new Labels(() => this.refreshNames());
    const privacy = new Privacy(() => this.refreshNames());
    const app: AppContext = {filters, labels, privacy};
    const panel = new FilterPanel(filters, labels);
    const drill = new DrillBar(filters, labels);
    const chips = new Chips(filters, labels, privacy);
    const toolbox = div('ua-toolbox', drill.root, panel.root);
    super({viewFactories: Object.fromEntries(tabList.map((tab) => [tab.name, () => {
      const view = tab.create(app);
      view.toolbox = toolbox;
      return view;
    }]))});
    this.refreshNames = () => {
      chips.refresh();
      drill.refresh();
    };
    this.filters = filters;
    this.panel = panel;
    this.chips = chips;
    this.privacy = privacy;
    void privacy.load();
    this.disposables = [panel, drill, chips];
    super.name = 'Usage Analysis';
    this.root.classList.add('ua-app');
    this.root.prepend(chips.root);
    this.toolbox = toolbox;
    this.tabs.onTabChanged.subscribe(() => this.tabChanged());
    filters.changes.subscribe(() => this.stateChanged());
    const onKey = (e: KeyboardEvent): void => {
      if (this.root.isConnected && this.root.offsetParent != null && runKey(this, e))
        e.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    this.disposables.push({dispose: () => document.removeEventListener('keydown', onKey)});
    DG.Widget.registerCleanup(this.root, () => this.dispose());
    for (const problem of problems)
      grok.shell.warning(problem);
    this.openTab(state.tab!);
  }

  /** The platform renames a multi-view after its current tab; the app keeps its own name. */
  override get name(): string {return 'Usage Analysis';}
  override set name(_: string) {}

  get tabNames(): string[] {return this.tabList.map(({name}) => name);}

  get currentTab(): TabView | undefined {
    const name = this.tabs.currentPane?.name;
    return name == null ? undefined : this.getView(name) as unknown as TabView;
  }

  /** Address of what is on screen now. */
  get link(): string {
    return `${location.origin}${location.pathname}${location.search}`;
  }

  openTab(name: string): void {
    if (this.tabs.currentPane?.name !== name)
      this.tabs.currentPane = this.tabs.getPane(name);
    this.tabChanged();
  }

  /** Reads everything again that names somebody. */
  reload(): void {
    this.panel.reload();
    summaries.forgetNames();
    this.filters.refresh();
  }

  /** Asks everything again, and counts anew what is kept. */
  refresh(): void {
    for (const store of [summaries, plainSummaries])
      store.refresh();
    this.filters.refresh();
  }

  override acceptsPath(_path: string): boolean {return true;}

  /** The address changed by back, forward, or a link. */
  override handlePath(path: string): void {
    // The handler gets the path without the query, which is in the address bar by then.
    const {state, problems} = decodePath(path.includes('?') ? path : path + location.search, this.tabList);
    for (const problem of problems)
      grok.shell.warning(problem);
    this.restoring = true;
    try {
      this.filters.replace(state);
      this.openTab(state.tab!);
    } finally {
      this.restoring = false;
    }
  }

  private refreshNames: () => void;

  private tabChanged(): void {
    const current = this.currentTab;
    const name = this.tabs.currentPane?.name;
    for (const {name: other} of this.tabList)
      if (other !== name && this.isBuilt(other))
        (this.getView(other) as unknown as TabView).setActive(false);
    if (current == null)
      return;
    this.panel.showOwn(current.ownFilters);
    this.chips.ignore(current.ignored);
    this.setRibbonPanels([this.ribbon()]);
    // The new tab is named first, so that it is asked with what its own filters say.
    this.filters.set({tab: name, ...this.placeOn(name!)});
    current.setActive(true);
  }

  /** Sub-view and selection belong to a tab: they are kept when it is left, and are there again on the way back. */
  private placeOn(name: string): Partial<AddressState> {
    const {tab, view, selected, page} = this.filters.value.state;
    if (tab == null || tab === name)
      return {};
    this.places.set(tab, {view, selected, page});
    return this.places.get(name) ?? {view: undefined, selected: [], page: []};
  }

  private isBuilt(name: string): boolean {
    return this._views.has(name);
  }

  /** The state leads: a drill-down or a step back may name another tab. */
  private stateChanged(): void {
    const {state} = this.filters.value;
    if (state.tab != null && this.tabs.currentPane != null && state.tab !== this.tabs.currentPane.name)
      this.openTab(state.tab);
    // Opening a tab may have changed the state.
    if (!this.restoring)
      this.path = encodePath(this.filters.value.state, this.tabList);
    this.setRibbonPanels([this.ribbon()]);
  }

  private ribbon(): HTMLElement[] {
    return commands.filter((c) => c.icon != null && (c.available?.(this) ?? true)).map((command) =>
      ui.iconFA(command.icon!, () => command.run(this), `${command.description} (${command.keys[0]})`));
  }

  private dispose(): void {
    for (const {name} of this.tabList)
      if (this.isBuilt(name)) {
        (this.getView(name) as unknown as TabView).setActive(false);
        (this.getView(name) as unknown as TabView).detach();
      }
    for (const disposable of this.disposables)
      disposable.dispose();
    this.filters.dispose();
    summaries.clear();
  }
}
