import * as DG from 'datagrok-api/dg';
import {dart} from '../interop/dart.ts';
import type {ViewerHandle} from './viewer-handle.ts';
import type {ViewerType} from './viewer-type.ts';
import {JsViewerHandle} from './js-viewer.ts';

const types = new Map<string, ViewerType>();
const packageTypes = new Map<string, {description: string; create: () => any}>();
const defaults = new Map<string, Record<string, any>>();

/** Makes a viewer type of the host known. Another room may add its own (the grid does). */
export function registerViewerType(type: ViewerType): void {
  types.set(type.name.toLowerCase(), type);
}

/** Makes a viewer written in JavaScript known (`grok.shell.registerViewer`). */
export function registerPackageViewer(name: string, description: string, create: () => any): void {
  packageTypes.set(name.toLowerCase(), {description, create});
}

/** Functions of packages with the role `viewer` whose name or friendly name is the type. */
function viewerFunction(type: string): DG.Func | undefined {
  const same = (name: string): boolean => name?.toLowerCase() === type.toLowerCase();
  return DG.Func.find({meta: {role: 'viewer'}}).concat(DG.Func.find({tags: ['viewer']}))
    .find((f) => same(f.name) || same(f.friendlyName));
}

/** Names of all types that can be created now. */
export function viewerTypes(): string[] {
  const functions = DG.Func.find({meta: {role: 'viewer'}}).map((f) => f.friendlyName ?? f.name);
  return [...new Set([...[...types.values()].map((t) => t.name), ...packageTypes.keys(), ...functions])];
}

export function isViewerType(name: string): boolean {
  return types.has(name.toLowerCase()) || packageTypes.has(name.toLowerCase()) || viewerFunction(name) != null;
}

/** Values that new viewers of a type start with (`props.setDefault`), for this page's life. */
export function defaultsOf(type: string): Record<string, any> {
  if (!defaults.has(type))
    defaults.set(type, {});
  return defaults.get(type)!;
}

export function resetDefaults(type: string): void {
  defaults.delete(type);
}

/**
 * A new viewer over a frame.
 * @param frame core handle of the data frame, or null.
 * @throws for a type that neither the host nor a loaded package has.
 */
export function createViewer(type: string, frame: any, options: Record<string, any>): ViewerHandle {
  const native = types.get(type.toLowerCase());
  const table = frame == null ? null : DG.toJs(frame);
  if (native != null)
    return native.create(native).start(table, {...defaultsOf(native.name), ...options});
  const f = viewerFunction(type);
  const create = packageTypes.get(type.toLowerCase())?.create ?? (f == null ? null : () => f.applySync());
  if (create == null)
    throw new Error(`There is no viewer of type '${type}' here. Known: ${viewerTypes().join(', ')}`);
  return adopted(create(), type, table, options);
}

/** Like `createViewer`, for types whose package has to be loaded first. */
export async function createViewerAsync(type: string, frame: any, options: Record<string, any>): Promise<ViewerHandle> {
  const f = viewerFunction(type);
  if (types.has(type.toLowerCase()) || packageTypes.has(type.toLowerCase()) || f == null)
    return createViewer(type, frame, options);
  return adopted(await f.apply(), type, frame == null ? null : DG.toJs(frame), options);
}

function adopted(viewer: any, type: string, table: DG.DataFrame | null, options: Record<string, any>): ViewerHandle {
  const handle = dart(viewer);
  if (!(handle instanceof JsViewerHandle))
    throw new Error(`The function for viewer type '${type}' did not return a JsViewer`);
  handle.named(type);
  handle.setOptions(options);
  handle.attach(table);
  return handle;
}
