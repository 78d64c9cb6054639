import type {ParsedParam} from '../annotation/parameter.ts';
import {QueryError} from './error.ts';
import {utcTimestamp} from './timestamp.ts';

/** A value on its way to PostgreSQL: the type's oid and the value as text, null for SQL's null. */
export interface Bind {
  oid: number;
  text: string | null;
}

/** Oids of the types that are bound, fixed in PostgreSQL's catalogue (pg_type.dat). */
export const OID = {
  bool: 16, int8: 20, int4: 23, float8: 701, varchar: 1043, timestamp: 1114, uuid: 2950,
  textArray: 1009, int8Array: 1016, float8Array: 1022, uuidArray: 2951,
} as const;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Binds the value of a declared parameter as the platform's Grok Connect does: numbers and booleans as they are;
 * a string that looks like a uuid as uuid, any other as varchar; a list of strings as uuid[] when it is not empty and
 * all of it looks like uuids, else as text[]; a datetime as a timestamp in UTC; null as a null of the type.
 * A single value given for a list is a list of one.
 * @throws QueryError `input`, naming the parameter, when the value has another type.
 */
export function bindValue(param: ParsedParam, value: unknown): Bind {
  switch (param.type) {
  case 'string': {
    const text = value === null ? null : asString(param, value);
    return {oid: text !== null && UUID.test(text) ? OID.uuid : OID.varchar, text};
  }
  case 'int': case 'bigint':
    return bindInteger(param, value);
  case 'double': case 'float': case 'num':
    return {oid: OID.float8, text: value === null ? null : String(asNumber(param, value))};
  case 'bool':
    return {oid: OID.bool, text: value === null ? null : String(asBoolean(param, value))};
  case 'datetime':
    return {oid: OID.timestamp, text: value === null ? null : asTimestamp(param, value)};
  case 'list': case 'string_list':
    return bindList(param, value);
  default:
    throw new QueryError('input', `Parameter "${param.name}": a ${param.type} cannot be passed to a query`);
  }
}

function wrong(param: ParsedParam, value: unknown): QueryError {
  const shown = typeof value === 'string' ? JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value) :
    Array.isArray(value) ? 'a list' : value === null ? 'null' : typeof value === 'object' ? 'an object' : String(value);
  return new QueryError('input', `Parameter "${param.name}": ${param.type} expected, got ${shown}`);
}

function asString(param: ParsedParam, value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return String(value);
  if (typeof value !== 'string')
    throw wrong(param, value);
  if (value.includes('\0'))
    throw new QueryError('input', `Parameter "${param.name}": the text contains a zero character`);
  return value;
}

function asNumber(param: ParsedParam, value: unknown): number {
  const number = typeof value === 'bigint' || (typeof value === 'string' && value.trim() !== '') ?
    Number(value) : value;
  if (typeof number !== 'number' || Number.isNaN(number))
    throw wrong(param, value);
  return number;
}

/** Integers beyond 32 bits are bound as int8; a bigint may come as text, for JSON has none. */
function bindInteger(param: ParsedParam, value: unknown): Bind {
  const declared = param.type === 'int' ? OID.int4 : OID.int8;
  if (value === null)
    return {oid: declared, text: null};
  const source = typeof value === 'string' ? value.trim() : value;
  const isInteger = typeof source === 'string' ? /^[+-]?\d+$/.test(source) :
    typeof source === 'bigint' || Number.isSafeInteger(source);
  const number = isInteger ? BigInt(source as string | number | bigint) : null;
  if (number === null || BigInt.asIntN(64, number) !== number)
    throw wrong(param, value);
  return {oid: BigInt.asIntN(32, number) === number ? declared : OID.int8, text: String(number)};
}

function asBoolean(param: ParsedParam, value: unknown): boolean {
  if (value === true || value === 'true')
    return true;
  if (value === false || value === 'false')
    return false;
  throw wrong(param, value);
}

function asTimestamp(param: ParsedParam, value: unknown): string {
  const iso = value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : value;
  const text = typeof iso === 'string' ? utcTimestamp(iso) : undefined;
  if (text === undefined)
    throw wrong(param, value);
  return text;
}

/** Lists of numbers are a guess: the platform's rule is known for lists of strings only. */
function bindList(param: ParsedParam, value: unknown): Bind {
  const items: unknown[] | null = value === null || Array.isArray(value) ? value : [value];
  const texts = (type: string, text: (of: ParsedParam, item: unknown) => string | null) =>
    items?.map((item) => item === null ? null : text({...param, type}, item)) ?? null;
  if (param.subType === 'int' || param.subType === 'bigint')
    return {oid: OID.int8Array, text: arrayText(texts('bigint', (of, item) => bindInteger(of, item).text))};
  if (param.subType === 'double')
    return {oid: OID.float8Array, text: arrayText(texts('double', (of, item) => String(asNumber(of, item))))};
  const strings = texts('list of strings', asString);
  const isUuids = strings !== null && strings.length > 0 && strings.every((text) => text !== null && UUID.test(text));
  return {oid: isUuids ? OID.uuidArray : OID.textArray, text: arrayText(strings)};
}

/** PostgreSQL's text form of an array; each item is quoted, so that none is taken for syntax. */
function arrayText(items: (string | null)[] | null): string | null {
  const quoted = items?.map((item) => item === null ? 'NULL' : `"${item.replace(/[\\"]/g, '\\$&')}"`);
  return quoted ? `{${quoted.join(',')}}` : null;
}
