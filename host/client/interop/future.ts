import {classOf, javaScriptField} from './core-contract.ts';

let template: any;

/**
 * A future of the core that completes, without a value, when the promise does, and fails as it fails. The core makes
 * one when it runs a function of JavaScript.
 */
export function toFuture(promise: Promise<unknown>): any {
  const {grok_RegisterFunc: register, grok_Func_Prepare: prepare} = window as any;
  if (template == null) {
    template = register({signature: 'dynamic waitFor()', run: () => null, isAsync: true, namespace: 'HostFuture'});
    classOf(template, 'javaScriptFunction');
  }
  const waiting = Object.create(template);
  waiting[javaScriptField] = () => promise.then(() => null);
  return waiting.runImpl$1(prepare(template, {}));
}
