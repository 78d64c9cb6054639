import {createHash} from 'node:crypto';
import {isUuid} from '../api/statement.ts';
import {stableId} from '../registry/id.ts';
import {LIMITS} from './limits.ts';
import {signatureOf, simplified} from './stack.ts';

/** Levels of the platform's log; the level is the source of the event's type. */
export const LEVELS = ['debug', 'info', 'warning', 'error', 'audit', 'usage'] as const;
export type Level = typeof LEVELS[number];

/** Levels that are kept. The platform's defaults: neither debug nor info reaches the database. */
const SAVED: readonly Level[] = ['error', 'warning', 'audit', 'usage'];

export const isSaved = (level: Level): boolean => SAVED.includes(level);

/** A parameter as it is stored: text, and the id when it is an entity. */
export interface Parameter {
  /** Without a leading `@`. */
  name: string;
  /** Platform type by which it is declared when it is new: `entity_id`, `string`, `int`, `double`, `bool`, ... */
  type: string;
  value: string;
  entity: string | null;
}

/** One record, checked, as it will be stored. */
export interface LogRecord {
  /** Id of the event: the same record, posted again, is the same event. */
  id: string;
  level: Level;
  /** The kind of event: the audit type, or the message where there is none. */
  type: string;
  message: string;
  /** Instant, epoch milliseconds. */
  time: number;
  parameters: Parameter[];
  /** Of errors: the stack of this occurrence, and the signature by which occurrences are grouped. */
  stack: string | null;
  signature: string | null;
}

/** What is wrong with a record, in words for whoever posted it. */
export class BadRecord extends Error {}

/**
 * Reads one posted record: `{id?, level, type? or auditType?, message, params, stackTrace?, stackTraceHash?, time?}`,
 * as the core's own logger writes it (`time` in epoch milliseconds; the moment of arrival when absent).
 * @param fallbackId id of the event when the record brings none.
 * @throws BadRecord naming the part that cannot be taken.
 */
export function readRecord(posted: unknown, fallbackId: string, now: number): LogRecord {
  if (posted == null || typeof posted !== 'object' || Array.isArray(posted))
    throw new BadRecord('a record is an object');
  const raw = posted as Record<string, unknown>;
  const level = raw.level as Level;
  if (!LEVELS.includes(level))
    throw new BadRecord(`level is one of ${LEVELS.join(', ')}`);
  const message = textOf(raw.message ?? '', 'message', LIMITS.message);
  const audit = raw.auditType ?? raw.type;
  const type = audit == null || audit === '' ? message.slice(0, LIMITS.name) : textOf(audit, 'type', LIMITS.name);
  const stack = raw.stackTrace == null || raw.stackTrace === '' ? null :
    textOf(raw.stackTrace, 'stackTrace', LIMITS.stack);
  const id = raw.id ?? fallbackId;
  if (typeof id !== 'string' || !isUuid(id))
    throw new BadRecord('id is a uuid');
  return {id: id.toLowerCase(), level, type: type === '' ? level : type, message, time: timeOf(raw.time, now),
    parameters: parametersOf(raw.params), stack, signature: level === 'error' ? signature(raw, stack, message) : null};
}

/** The core's own hash where it could make one; clients under Node cannot. Without a stack the message groups. */
function signature(raw: Record<string, unknown>, stack: string | null, message: string): string {
  if (typeof raw.stackTraceHash === 'string' && isUuid(raw.stackTraceHash))
    return raw.stackTraceHash.toLowerCase();
  const simple = stack == null ? '' : simplified(stack);
  return simple === '' ? stableId('error', message) : signatureOf(simple);
}

/** PostgreSQL keeps no NUL, and UTF-8 has no half of a surrogate pair. */
function textOf(value: unknown, what: string, longest: number): string {
  if (typeof value !== 'string')
    throw new BadRecord(`${what} is a text`);
  if (value.length > longest)
    throw new BadRecord(`${what} is longer than ${longest} characters`);
  if (value.includes('\0'))
    throw new BadRecord(`${what} contains the character NUL`);
  return value.isWellFormed() ? value : value.toWellFormed();
}

function timeOf(value: unknown, now: number): number {
  if (value == null)
    return now;
  const time = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : NaN;
  if (!Number.isFinite(time))
    throw new BadRecord('time is epoch milliseconds or an ISO text');
  if (time < LIMITS.earliest || time > now + LIMITS.ahead)
    throw new BadRecord('time is before the year 2000 or more than a day ahead');
  return time;
}

function parametersOf(params: unknown): Parameter[] {
  if (params == null)
    return [];
  if (typeof params !== 'object' || Array.isArray(params))
    throw new BadRecord('params is an object');
  const entries = Object.entries(params);
  if (entries.length > LIMITS.parameters)
    throw new BadRecord(`there are more than ${LIMITS.parameters} parameters`);
  const found = new Map<string, Parameter>();
  for (const [key, value] of entries) {
    const name = textOf(key.replace(/^@/, ''), 'the name of a parameter', LIMITS.name);
    if (name === '')
      throw new BadRecord('a parameter has a name');
    // "@user" and "user" are one parameter; the placeholder's own value goes first.
    if (!found.has(name) || key.startsWith('@'))
      found.set(name, {name, ...valueOf(name, value)});
  }
  return [...found.values()];
}

/** What is stored of a value. Null is the word `null`, as on the platform; entities are stored by their ids. */
function valueOf(name: string, value: unknown): Omit<Parameter, 'name'> {
  const what = `the value of ${name}`;
  if (value == null)
    return {type: 'string', value: 'null', entity: null};
  switch (typeof value) {
  case 'number': return {type: Number.isInteger(value) ? 'int' : 'double', value: String(value), entity: null};
  case 'boolean': return {type: 'bool', value: String(value), entity: null};
  case 'string':
    return {type: ISO_INSTANT.test(value) ? 'datetime' : 'string', value: textOf(value, what, LIMITS.value), entity: null};
  }
  const {'#type': entityType, id} = value as {'#type'?: unknown, id?: unknown};
  if (typeof entityType === 'string' && typeof id === 'string' && isUuid(id))
    return {type: 'entity_id', value: id.toLowerCase(), entity: id.toLowerCase()};
  return {type: Array.isArray(value) ? 'list' : 'map', value: textOf(jsonOf(value, what), what, LIMITS.value), entity: null};
}

const ISO_INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

function jsonOf(value: unknown, what: string): string {
  try {
    return JSON.stringify(value);
  } catch {
    throw new BadRecord(`${what} is nested too deeply`);
  }
}

/**
 * Ids for records that bring none: made of who posted, the whole body and the place in it, so that the same post sent
 * again after a lost answer counts once.
 */
export function fallbackIds(session: string, body: string): (index: number) => string {
  const digest = createHash('sha256').update(body).digest('hex');
  return (index) => stableId('log', session, digest, String(index));
}
