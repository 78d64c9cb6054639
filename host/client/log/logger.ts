import {Subject} from 'rxjs';
import {isPosted} from './levels.ts';
import type {PostedRecord} from './queue.ts';
import {loggable} from './values.ts';

/** Parameters that `DG.Logger.create({params})` was given, by the logger that it got. */
const common = new WeakMap<object, Record<string, unknown>>();

/** True while a record that JavaScript logged goes through the core, which would post it a second time. */
let isFromScript = false;

const core = globalThis as any;

/** Every record of this client, whatever its level, as it is logged. */
export const logged = new Subject<PostedRecord>();

const isEmpty = (text: unknown): boolean => text == null || text === '';

/**
 * Lets the real loggers post. The core's own way to the server is empty in this build: it prints, and tells its
 * listeners. So records of `grok.log`, package loggers and `DG.Logger.create` are taken where JavaScript hands them
 * over, with their parameters unconverted, and records of the core itself (unhandled errors, failed calls) where the
 * core would post them. Works in a page and under Node.
 * @param post takes the records of the levels that are posted.
 * @throws when the core has no such functions: it is another version.
 */
export function installLogger(post: (record: PostedRecord) => void): void {
  const {grok_Log: log, grok_GetLogger: getLogger} = core;
  if (typeof log !== 'function' || typeof getLogger !== 'function')
    throw new Error('The compiled core has no grok_Log: it is another version');
  const take = (record: PostedRecord): void => {
    logged.next(record);
    if (isPosted(record.level))
      post(record);
  };
  core.grok_GetLogger = (params: unknown) => {
    const logger = getLogger(null);
    const own = plain(params);
    if (Object.keys(own).length === 0)
      return logger;
    // The core has one logger for all; this one is it, with a memory.
    const copy = Object.create(logger);
    common.set(copy, own);
    return copy;
  };
  core.grok_Log = (logger: any, level: string, message: string, params: unknown, type: string, stack: string) => {
    const own = logger != null && typeof logger === 'object' ? common.get(logger) : undefined;
    take(makeRecord(level, message, {...own, ...plain(params)}, type, stack));
    isFromScript = true;
    try {
      return log(own == null ? logger : Object.getPrototypeOf(logger), level, message, params, type, stack);
    } finally {
      isFromScript = false;
    }
  };
  const prototype = Object.getPrototypeOf(getLogger(null));
  const {postMessage$2: posting} = prototype;
  if (typeof posting !== 'function')
    throw new Error('The compiled core has no postMessage$2 (logger): it is another version');
  prototype.postMessage$2 = function(...args: any[]) {
    if (!isFromScript)
      take(coreRecord(args[1]));
    return posting.apply(this, args);
  };
}

/** A map of the core, or a plain object, as entries. */
function plain(params: unknown): Record<string, unknown> {
  if (params == null || typeof params !== 'object')
    return {};
  const map = params.constructor === Object ? params : core.grok_GetWrapper?.(params) ?? core.DG?.toJs(params);
  return map != null && typeof map === 'object' ? {...map} : {};
}

function makeRecord(level: string, message: unknown, params: Record<string, unknown>, type?: string,
  stack?: string): PostedRecord {
  const record: PostedRecord = {id: crypto.randomUUID(), level, message: String(message ?? '').slice(0, 60_000),
    time: Date.now(), params: Object.fromEntries(Object.entries(params).map(([key, value]) => [key, loggable(value)]))};
  if (!isEmpty(type))
    record.type = String(type);
  if (level === 'error' && !isEmpty(stack)) {
    record.stackTrace = String(stack).slice(0, 200_000);
    const hash = hashOf(record.stackTrace);
    if (hash != null)
      record.stackTraceHash = hash;
  }
  return record;
}

/** The core's own signature of a stack; it cannot make one under Node, where the server makes one of its own. */
function hashOf(stack: string): string | null {
  try {
    const hash = core.grok_Get_StackTrace_Hash?.(stack);
    return isEmpty(hash) ? null : String(hash);
  } catch {
    return null;
  }
}

function jsonOf(dart: any): any {
  try {
    return JSON.parse(core.grok_JSON_encode(dart.toJson$0()));
  } catch {
    return {level: 'error', message: 'A record that cannot be written as JSON'};
  }
}

/** A record of the core. Its JSON is the core's own; parameters that have none are left out. */
function coreRecord(dart: any): PostedRecord {
  const json = jsonOf(dart);
  const record = makeRecord(String(json.level ?? 'error'), json.message, plain(json.params), json.auditType,
    json.stackTrace);
  return {...record, time: Number.isFinite(json.time) ? json.time : record.time};
}
