import * as DG from 'datagrok-api/dg';

/** What a pane is about, in the words of the filters. */
export interface Subject {
  readonly kind: 'user' | 'group' | 'package' | 'function' | 'connection' | 'other';
  readonly id: string;
  /** What the entity is called on screen. */
  readonly caption: string;
  /** Filters that leave just what concerns it. */
  readonly filters: Readonly<Partial<Record<'users' | 'groups' | 'packages' | 'functions' | 'entities', readonly string[]>>>;
  /** Tab that shows more. */
  readonly tab: 'Overview' | 'Packages' | 'Functions' | 'Events';
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The subject that an object of the context panel is; null for what the log cannot name. */
export function subjectOf(x: unknown): Subject | null {
  if (x instanceof DG.DataFrame) {
    const id = x.getTag('.id') ?? '';
    return UUID.test(id) ? other(id, x.name) : null;
  }
  if (!(x instanceof DG.Entity) || !UUID.test(x.id ?? ''))
    return null;
  const id = x.id.toLowerCase();
  const caption = x.friendlyName || x.name;
  if (x instanceof DG.User)
    return {kind: 'user', id, caption, filters: {users: [id]}, tab: 'Overview'};
  if (x instanceof DG.Group)
    return {kind: 'group', id, caption, filters: {groups: [id]}, tab: 'Overview'};
  if (x instanceof DG.Package)
    return {kind: 'package', id, caption, filters: {packages: [x.name]}, tab: 'Packages'};
  if (x instanceof DG.Func)
    return {kind: 'function', id, caption, filters: {functions: [id]}, tab: 'Functions'};
  if (x instanceof DG.DataConnection)
    return {kind: 'connection', id, caption, filters: {entities: [id]}, tab: 'Events'};
  return other(id, caption);
}

const other = (id: string, caption: string): Subject => ({kind: 'other', id, caption, filters: {entities: [id]}, tab: 'Events'});
