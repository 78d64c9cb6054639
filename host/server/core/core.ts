import {readFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import vm from 'node:vm';

/** Kinds of text patterns that the core can parse. */
export type PatternKind = 'datetime' | 'int' | 'double' | 'string';

/** A parsed pattern, as the core serialises it. */
export interface Matcher {
  /** `range`, `before`, `equals`, `=`, `in`, `contains`, `none`, `is null`, ... */
  op: string;
  /** ISO texts for datetime, numbers, or strings. */
  values: (string | number)[] | null;
  /** Of datetime: whether the first and the second bound belong to the range. */
  include1?: boolean;
  include2?: boolean;
  /** A word in front that the core took for the name of a column; empty or null otherwise. */
  colName: string | null;
}

/** Functions that the compiled core registers. Their presence is checked when it is loaded. */
const REQUIRED = [
  'grok_Init', 'grok_Dapi_Set_Token', 'grok_JSON_encode', 'grok_ValueMatcher_DateTime', 'grok_ValueMatcher_Numerical',
  'grok_ValueMatcher_String', 'grok_Column_FromInt32Array', 'grok_Column_FromFloat64Array', 'grok_Column_FromIndexes',
  'grok_Column_FromList', 'grok_Column_FromBitSet', 'grok_Column_FromType', 'grok_Column_SetRawData',
  'grok_Column_Set_Tag', 'grok_Column_IsNone', 'grok_Column_Clone', 'grok_BitSet_FromBytes', 'grok_BigIntJs_To_BigInt',
  'grok_DataFrame_FromColumns', 'grok_DataFrame_Set_Tag', 'grok_DataFrame_Set_Name', 'grok_DataFrame_ToByteArray',
];

/** The platform's compiled core, running in the server process. */
export interface Core {
  /** Registered function by name, such as `grok_JSON_encode`. */
  readonly call: Record<string, (...args: any[]) => any>;
  /** Copies a list into the core's own realm: it knows no arrays of another one. */
  list<T>(values: T[]): T[];
  /**
   * Copies a typed array likewise. The core marks the prototypes of what it is given, under a name that every copy
   * of the core uses: one that is started in this process besides would find the other's marks.
   */
  typed<T extends Int32Array | Float64Array | Uint8Array>(values: T): T;
}

let loading: Promise<Core> | undefined;

/**
 * The compiled core that the npm package `datagrok-api` ships, loaded once per process.
 *
 * It runs in a realm of its own instead of through `startDatagrok`: that one puts `window`, `self` and a makeshift
 * `document` into the server's globals, where other libraries would take the process for a browser. Without a token
 * the core makes no request.
 *
 * The core computes "today" from the process's local date, hence the check of the zone.
 * @throws Error when the process does not run in UTC, or when the core lacks a function that is needed.
 */
export function loadCore(): Promise<Core> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Core> {
  assertUtc();
  const globals: Record<string, any> = {
    console: quietConsole(), setTimeout, clearTimeout, setInterval, clearInterval, queueMicrotask,
    TextEncoder, TextDecoder, URL, performance,
  };
  const realm = vm.createContext(globals);
  vm.runInContext('globalThis.self = globalThis.window = globalThis;', realm);
  const file = coreFile();
  // Every look-up of a global of such a realm is slow, `Math` included; as arguments they are not.
  const names: string[] = vm.runInContext('Object.getOwnPropertyNames(globalThis)', realm);
  const known = names.filter((name) => !['eval', 'undefined', 'NaN', 'Infinity'].includes(name));
  const run = vm.compileFunction(await readFile(file, 'utf8'), known, {parsingContext: realm, filename: file});
  run.apply(globals.window, known.map((name) => vm.runInContext(name, realm)));
  // The core registers its functions in a microtask behind its script.
  for (let turn = 0; !('grok_Init' in globals) && turn < 1000; turn++)
    await new Promise((resolve) => setTimeout(resolve, 5));
  const missing = REQUIRED.filter((name) => typeof globals[name] !== 'function');
  if (missing.length > 0)
    throw new Error(`The core of datagrok-api lacks ${missing.join(', ')}`);
  globals.grok_Dapi_Set_Token(null);
  const status = await globals.grok_Init(false);
  if (status !== 0)
    throw new Error(`The core of datagrok-api did not start (status ${status})`);
  return {
    call: globals,
    list: vm.runInContext('(values) => Array.from(values)', realm),
    typed: vm.runInContext('(values) => new globalThis[values.constructor.name](values)', realm),
  };
}

/** @throws Error when local time is not UTC at some time of the year. */
export function assertUtc(): void {
  const year = new Date().getFullYear();
  if ([0, 3, 6, 9].some((month) => new Date(year, month, 1).getTimezoneOffset() !== 0))
    throw new Error('The server must run in UTC: set the environment variable TZ=UTC');
}

function coreFile(): string {
  const api = createRequire(import.meta.url).resolve('datagrok-api/datagrok');
  return join(dirname(api), 'src/datagrok/build/web/grok_shared.dart.js');
}

/** The core reports its detached mode on the console; only its errors matter here. */
function quietConsole(): Partial<Console> {
  const silent = (): void => {};
  return {log: silent, info: silent, debug: silent, warn: silent, error: console.error};
}

/**
 * Parses a pattern such as `last 30 days` or `> 5` with the core's own parser.
 * @returns null when the core does not recognise the text.
 */
export function parsePattern(core: Core, kind: PatternKind, text: string): Matcher | null {
  const parse = kind === 'datetime' ? 'grok_ValueMatcher_DateTime' :
    kind === 'string' ? 'grok_ValueMatcher_String' : 'grok_ValueMatcher_Numerical';
  let matcher;
  try {
    matcher = core.call[parse](text);
  } catch {
    return null; // The date parser throws on some texts that it does not understand.
  }
  return matcher == null ? null : JSON.parse(core.call.grok_JSON_encode(matcher));
}
