import * as DG from 'datagrok-api/dg';
import {define} from '../interop/define.ts';
import {js} from '../interop/dart.ts';
import {EntityHandler} from './entity-handler.ts';
import {ColumnHandler, DataFrameHandler} from './data-handlers.ts';

/** Who knows how to show an object: handlers of packages, newest first, then the host's own. */
const registered: DG.ObjectHandler[] = [];
const own: DG.ObjectHandler[] = [new EntityHandler(), new DataFrameHandler(), new ColumnHandler()];

function applies(handler: DG.ObjectHandler, x: any): boolean {
  try {
    return handler.isApplicable(x);
  } catch {
    // Handlers are written for their own kind of objects and may fail on others.
    return false;
  }
}

/** The handler of an object (wrapper or core object), or null when nobody knows it. */
export function handlerOf(x: any): DG.ObjectHandler | null {
  const value = js(x);
  if (value == null)
    return null;
  const candidates = [...registered, ...own];
  const found = candidates.find((h) => applies(h, value));
  if (found != null || !(value instanceof DG.SemanticValue))
    return found ?? null;
  return candidates.find((h) => applies(h, value.value)) ?? null;
}

function typeOf(handler: DG.ObjectHandler): string | null {
  try {
    return handler.type;
  } catch {
    return null;
  }
}

export function installHandlers(): void {
  define({
    Meta_Register: (handler: DG.ObjectHandler) => {
      registered.unshift(handler);
      handler.init?.();
    },
    Meta_List: () => [...registered, ...own],
    Meta_ForEntity: handlerOf,
    Meta_ForSemType: (semType: string, resolve: (x: any) => void, reject: (e: any) => void) => {
      try {
        resolve([...registered, ...own].find((h) => typeOf(h) === semType) ?? null);
      } catch (e) {
        reject(e);
      }
    },
    // The published base class asks for a built-in handler of the same type; this host decorates no grids.
    Meta_DartForType: () => null,
  });
}
