import {delegate, functionTemplate} from './java-script-function.ts';

/**
 * A future of the core that completes, without a value, when the promise does, and fails as it fails. The core makes
 * one when it runs a function of JavaScript.
 */
export function toFuture(promise: Promise<unknown>): any {
  const template = functionTemplate(true);
  return delegate(template, () => promise.then(() => null)).runImpl$1((window as any).grok_Func_Prepare(template, {}));
}
