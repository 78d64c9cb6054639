import * as DG from 'datagrok-api/dg';
import {cachePolicy, type CachePolicy} from '../../shared/cache/policy.ts';
import {TRUNCATED_TAG} from '../../shared/table.ts';
import {watchCalls} from '../interop/calls.ts';
import {define} from '../interop/define.ts';
import {toFuture} from '../interop/future.ts';
import {AnswerStore} from './answer-store.ts';

/** The platform documents these bounds: bytes of all answers, rows of one. */
const MOST_BYTES = 100 * 2 ** 20;
const MOST_ROWS = 100_000;

/** Functions of the core that drop the kept answers of the function they are given. */
const DROPS = ['DropFuncCache', 'DropQueryCache'];

/** A call whose answer is kept in this browser, or comes from it. */
interface Asked {
  readonly key: string;
  readonly group: string;
  readonly policy: CachePolicy;
  readonly started: number;
  found: boolean;
}

/** A table by its bytes, or a value that JSON has, too. */
type Kept = {readonly bytes: Uint8Array} | {readonly value: string | number | boolean};

let store: Promise<AnswerStore> | null = null;
const asked = new WeakMap<object, Asked>();

const opened = (): Promise<AnswerStore> => store ??= AnswerStore.open('datagrok-client-cache', MOST_BYTES);

/**
 * Keeps answers of functions whose header says `meta.cache: client`, `all` or `true` in this browser, until
 * `meta.cache.invalidateOn` strikes. The core waits for `cacheReady` of a call before it runs it, and runs nothing when
 * the call is completed then; after it, it waits for `cacheSaved`.
 */
export function installClientCache(): void {
  let isRunning = true;
  define({
    ClientCache_Start: async () => void (isRunning = true),
    ClientCache_Stop: () => isRunning = false,
    ClientCache_Get_IsRunning: () => isRunning,
    ClientCache_Clear: async (group?: string) => (await opened()).clear(group ?? undefined),
    ClientCache_Cleanup: async () => (await opened()).cleanup(Date.now()),
    ClientCache_GetRecordCount: async () => (await opened()).count(),
  });
  watchCalls((call) => isRunning && lookUp(call), (call) => {
    if (isRunning)
      keep(call);
    drop(call);
  });
}

function lookUp(dart: any): void {
  const call: DG.FuncCall = DG.toJs(dart);
  const policy = cachePolicy(optionsOf(call.func));
  if (!policy.client || call.func.outputs.length > 1)
    return;
  const key = keyOf(call);
  if (key == null)
    return;
  const one: Asked = {key, group: call.func.id, policy, started: Date.now(), found: false};
  asked.set(dart, one);
  dart.cacheReady = toFuture(answer(call, one));
}

/** Answers the call when its answer is kept. A browser that keeps nothing is no error: the function is run. */
async function answer(call: DG.FuncCall, one: Asked): Promise<void> {
  try {
    const kept = await (await opened()).get(one.key, one.started) as Kept | undefined;
    if (kept == null)
      return;
    const value = 'bytes' in kept ? DG.DataFrame.fromByteArray(kept.bytes) : kept.value;
    call.setParamValue(outputOf(call), value);
    one.found = true;
    (window as any).grok_FuncCall_Set_Status(call.dart, 'Completed');
  } catch (e) {
    console.debug('The cache of this browser cannot be read', e);
  }
}

function keep(dart: any): void {
  const one = asked.get(dart);
  asked.delete(dart);
  if (one == null || one.found)
    return;
  const call: DG.FuncCall = DG.toJs(dart);
  if (call.status === 'Completed')
    dart.cacheSaved = toFuture(save(call, one));
}

/** What the server dropped this browser drops, too. */
function drop(dart: any): void {
  const call: DG.FuncCall = DG.toJs(dart);
  if (DROPS.includes(call.func.name) && call.func.package == null && call.status === 'Completed')
    dart.cacheSaved = toFuture(opened().then((answers) => answers.clear(call.inputs.get('query').id))
      .catch((e) => console.debug('The cache of this browser cannot be cleared', e)));
}

async function save(call: DG.FuncCall, {key, group, policy, started}: Asked): Promise<void> {
  try {
    const kept = keepable(call.getOutputParamValue());
    // The data are those of the run's start: a schedule that struck meanwhile makes them void.
    const expires = policy.invalidateOn?.next(started) ?? Infinity;
    if (kept != null && expires > Date.now())
      await (await opened()).put({key, group, size: sizeOf(kept), expires, used: Date.now()}, kept);
  } catch (e) {
    console.debug('The cache of this browser cannot be written', e);
  }
}

function keepable(value: unknown): Kept | null {
  if (value instanceof DG.DataFrame)
    return value.rowCount <= MOST_ROWS && value.getTag(TRUNCATED_TAG) == null ? {bytes: value.toByteArray()} : null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? {value} : null;
}

const sizeOf = (kept: Kept): number => 'bytes' in kept ? kept.bytes.length : 2 * String(kept.value).length;

/**
 * Who asks, what, with which values; null where a value cannot be compared, such as a table. A query has its text
 * besides, so that another version of a package has answers of its own.
 */
function keyOf(call: DG.FuncCall): string | null {
  const {func} = call;
  const text = func instanceof DG.DataQuery ? func.query : func.package?.version;
  const values = [...call.inputs.entries()].map(([name, value]) => [name, plain(value)]);
  return values.some(([, value]) => value === undefined) ? null :
    JSON.stringify([DG.User.current().id, func.id, text, values]);
}

/** A value as JSON has it; undefined for one that it has not. Nothing and null are the same. */
function plain(value: any): unknown {
  if (value == null)
    return null;
  if (['string', 'number', 'boolean'].includes(typeof value))
    return value;
  if (Array.isArray(value)) {
    const all = value.map(plain);
    return all.includes(undefined) ? undefined : all;
  }
  // An instant that is none cannot be written.
  return typeof value.toISOString === 'function' && !Number.isNaN(Number(value)) ? value.toISOString() : undefined;
}

const optionsOf = ({options}: DG.Func): Record<string, string> => Object.fromEntries(
  ['cache', 'cache.invalidateOn', 'invalidate'].flatMap((name) => options[name] == null ? [] : [[name, options[name]]]));

/** Queries that declare none have one all the same. */
const outputOf = (call: DG.FuncCall): string => call.func.outputs[0]?.name ?? 'result';
