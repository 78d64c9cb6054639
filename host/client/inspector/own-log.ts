import {logged} from '../log/logger.ts';
import {LogHistory} from './history.ts';

/** What this client has logged since it started, also before anybody opens the inspector. */
export const ownLog = new LogHistory();

logged.subscribe((record) => ownLog.add(record));
