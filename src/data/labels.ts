import * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import type {AddressState} from '../core/address';
import type {Inventory, Item} from './inventory';

/** Kinds of filters that hold ids or names, in the order in which they are shown. */
export const labelledKinds = ['groups', 'users', 'packages', 'categories', 'tags', 'functions', 'entities', 'sources',
  'types'] as const;
export type LabelledKind = typeof labelledKinds[number];

/** What a filter is called when it holds one item. */
export const kindNames: Record<LabelledKind, string> = {groups: 'Group', users: 'User', packages: 'Package',
  categories: 'Category', tags: 'Tag', functions: 'Function', entities: 'Object', sources: 'Source', types: 'Event type'};

/**
 * Names for the ids in the filters. Ids that nobody has named yet stand for themselves; `learn` lets tabs add the
 * names of functions and event types that their own answers bring.
 */
export class Labels {
  private readonly names = new Map<string, string>();
  private readonly asked = new Set<string>();

  constructor(private readonly changed: () => void) {}

  learn(kind: LabelledKind, items: Iterable<Pick<Item, 'id' | 'label'>>): void {
    for (const {id, label} of items)
      this.names.set(`${kind}:${id}`, label);
  }

  learnInventory(inventory: Inventory): void {
    this.learn('groups', inventory.groups);
    this.learn('users', inventory.users);
    this.learn('packages', inventory.packages);
  }

  of(kind: LabelledKind, id: string): string {
    const name = this.names.get(`${kind}:${id}`);
    if (name == null && (kind === 'functions' || kind === 'entities'))
      void this.askName(kind, id);
    return name ?? id;
  }

  /** The filters of a state in words, one line per kind; for exports and tooltips. */
  lines(state: AddressState): string[] {
    const lists = labelledKinds.filter((kind) => state[kind].length > 0).map((kind) =>
      `${kindNames[kind]}: ${state[kind].map((id) => this.of(kind, id)).join(', ')}`);
    return [...lists, ...(state.cells.length > 0 ? [`Exactly ${state.cells.length} selected points`] : []),
      ...(state.service ? ['Service accounts and tests included'] : [])];
  }

  /** A link may name what no answer has named yet. People are named by the queries alone, which may hide them. */
  private async askName(kind: 'functions' | 'entities', id: string): Promise<void> {
    if (this.asked.has(id))
      return;
    this.asked.add(id);
    try {
      const [found] = kind === 'functions' ? [await grok.dapi.functions.find(id)] : await grok.dapi.getEntities([id]);
      if (found != null && !(found instanceof DG.User || found instanceof DG.Group)) {
        this.learn(kind, [{id, label: found instanceof DG.Func ? found.nqName : found.friendlyName || found.name}]);
        this.changed();
      }
    } catch {
      // The id itself stays on screen: a name is a courtesy.
    }
  }
}
