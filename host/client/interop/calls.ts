import * as DG from 'datagrok-api/dg';
import {classOf} from './core-contract.ts';

/** A call, as the core has it. */
export type DartCall = any;

/**
 * Has functions called before and after each run that the core reports: the two methods of its class of calls are the
 * only places where it tells of runs.
 */
export function watchCalls(before: (call: DartCall) => void, after: (call: DartCall) => void): void {
  const any = DG.Func.find({})[0];
  if (any == null)
    return;
  const calls = classOf(any.prepare().dart, 'functionCall');
  const {beforeCommandStarted$0: start, afterCommandExecuted$0: finish} = calls;
  calls.beforeCommandStarted$0 = function(...args: unknown[]) {
    before(this);
    return start.apply(this, args);
  };
  calls.afterCommandExecuted$0 = function(...args: unknown[]) {
    const result = finish.apply(this, args);
    after(this);
    return result;
  };
}
