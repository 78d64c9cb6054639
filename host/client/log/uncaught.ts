import * as grok from 'datagrok-api/grok';

/**
 * The published classes hand every uncaught error and rejection to the core, which logs it. Two things are kept from
 * them: the browser's notice that sizes changed while it told of sizes, which is no error and comes as one; and a
 * rejection without a reason, in whose handling the published code fails itself and would log that failure instead.
 */
export function installUncaught(): void {
  window.addEventListener('error', (e) => {
    if (!e.message?.startsWith('ResizeObserver loop'))
      return;
    e.preventDefault();
    e.stopImmediatePropagation();
  }, true);
  window.addEventListener('unhandledrejection', (e) => {
    if (e.reason != null)
      return;
    e.preventDefault();
    e.stopImmediatePropagation();
    grok.log.error(`A promise was rejected with ${e.reason}`);
  }, true);
}
