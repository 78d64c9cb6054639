import * as grok from 'datagrok-api/grok';

/** Browsers tell of this when they put off a notice to a later frame; nothing went wrong. */
const HARMLESS = /^ResizeObserver loop/;

/** Logs errors that nobody caught, with their stack. */
export function logErrors(): void {
  const log = (error: unknown, message: string): void => {
    if (HARMLESS.test(message))
      return;
    const stack = (error as Error | undefined)?.stack ?? '';
    grok.log.error(message, {handled: false}, stack === '' ? 'no stack' : stack);
  };
  window.addEventListener('error', ({error, message}) => log(error, String(error?.message ?? message)));
  window.addEventListener('unhandledrejection', ({reason}) => log(reason, String(reason?.message ?? reason)));
}
