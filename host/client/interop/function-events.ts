import * as DG from 'datagrok-api/dg';
import {shellBus} from './bus.ts';
import {watchCalls} from './calls.ts';

/**
 * `grok.functions.onBeforeRunAction` and `onAfterRunAction`, and their siblings for queries. The core announces runs on
 * a bus of its own that this build does not expose.
 */
export function installFunctionEvents(): void {
  watchCalls((call) => announce('before', call), (call) => announce('after', call));
}

function announce(when: 'before' | 'after', dart: any): void {
  const call = DG.toJs(dart);
  shellBus.fire(`d4-${when}-run-action`, call);
  if (call?.func instanceof DG.DataQuery)
    shellBus.fire(when === 'before' ? 'd4-query-started' : 'd4-query-finished', call);
}
