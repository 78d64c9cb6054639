import * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import {js} from '../interop/dart.ts';

/**
 * Finds entities for markup. Texts with many references are rendered at once (a page of a log), so ids asked for in
 * the same turn go to the server in one request, and answers are kept for a while.
 */
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;
const KEEP_MS = 60_000;
const KEEP_COUNT = 1000;

type Found = DG.Entity | null;

const known = new Map<string, {answer: Promise<Found>; until: number}>();
let batch: Map<string, {resolve(x: Found): void; reject(e: unknown): void}> | null = null;

/**
 * The entity under an address of markup: an id, `<type>.<id>`, or `<package>:<name>`; null when there is none.
 * Rejects when the server cannot be asked.
 */
export function findEntity(address: string): Promise<Found> {
  const key = UUID.exec(address)?.[0].toLowerCase() ?? address;
  const old = known.get(key);
  if (old != null && old.until > Date.now())
    return old.answer;
  const answer = UUID.test(key) ? byId(key) : byName(key);
  known.delete(key);
  known.set(key, {answer, until: Date.now() + KEEP_MS});
  answer.catch(() => known.delete(key));
  if (known.size > KEEP_COUNT)
    known.delete(known.keys().next().value!);
  return answer;
}

function byId(id: string): Promise<Found> {
  return new Promise((resolve, reject) => {
    if (batch == null) {
      batch = new Map();
      setTimeout(sendBatch);
    }
    batch.set(id, {resolve, reject});
  });
}

async function sendBatch(): Promise<void> {
  const asked = batch!;
  batch = null;
  try {
    const answer: any = await grok.dapi.getEntities([...asked.keys()]);
    for (const x of Array.from(answer ?? [])) {
      const entity = js<DG.Entity>(x);
      asked.get(entity?.id?.toLowerCase())?.resolve(entity);
    }
    for (const {resolve} of asked.values())
      resolve(null);
  } catch (e) {
    for (const {reject} of asked.values())
      reject(e);
  }
}

/** Functions are known to the core; anything else is asked of the server by its qualified name. */
async function byName(name: string): Promise<Found> {
  const [, namespace, short] = /^(?:(.*):)?([^:]+)$/.exec(name) ?? [];
  const functions = DG.Func.find({name: short, ...(namespace == null ? {} : {package: namespace})});
  if (functions.length > 0)
    return functions[0];
  return (await grok.dapi.entities.filter(name).list({pageSize: 1}))[0] ?? null;
}
