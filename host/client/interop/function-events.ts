import * as DG from 'datagrok-api/dg';
import {shellBus} from './bus.ts';
import {classOf} from './core-contract.ts';

/**
 * `grok.functions.onBeforeRunAction` and `onAfterRunAction`, and their siblings for queries. The core announces runs on
 * a bus of its own that this build does not expose, so the two methods of its FuncCall class announce them here too.
 */
export function installFunctionEvents(): void {
  const any = DG.Func.find({})[0];
  if (any == null)
    return;
  const calls = classOf(any.prepare().dart, 'functionCall');
  const {beforeCommandStarted$0: before, afterCommandExecuted$0: after} = calls;
  calls.beforeCommandStarted$0 = function(...args: unknown[]) {
    announce('before', this);
    return before.apply(this, args);
  };
  calls.afterCommandExecuted$0 = function(...args: unknown[]) {
    const result = after.apply(this, args);
    announce('after', this);
    return result;
  };
}

function announce(when: 'before' | 'after', dart: any): void {
  const call = DG.toJs(dart);
  shellBus.fire(`d4-${when}-run-action`, call);
  if (call?.func instanceof DG.DataQuery)
    shellBus.fire(when === 'before' ? 'd4-query-started' : 'd4-query-finished', call);
}
