import * as grok from 'datagrok-api/grok';
import {logActions} from './actions.ts';
import {installLogger} from './logger.ts';
import {LogQueue, restSend} from './queue.ts';
import {logRuns} from './runs.ts';
import {installUncaught} from './uncaught.ts';

let queue: LogQueue | undefined;

/** Lets loggers post from here on; what happens before the start-up data are read waits with the rest. */
export function installLogging(): void {
  const posts = queue = new LogQueue((records, isLast) => restSend(grok.dapi.root, '')(records, isLast));
  installLogger((record) => posts.add(record));
  installUncaught();
  window.addEventListener('pagehide', () => posts.last());
}

/** Logs what people do and run; the core must have its functions by then. */
export function startLogging(): void {
  logActions();
  logRuns();
}

/** Sends what waits; for tests, and before a page is left on purpose. */
export const flushLog = (): Promise<void> => queue?.flush() ?? Promise.resolve();
