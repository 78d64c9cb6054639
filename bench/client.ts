import {setMaxListeners} from 'node:events';
import {startNodeClient} from '../tests/host/query/node-client.ts';
import {peerCalls, type Question} from './tabs.ts';

/**
 * One client: the platform's own, in a process of its own, told by messages what to ask. `client.ts <apiUrl> <side>`.
 * A process is a browser page that was just opened: nothing is remembered from another one.
 */
export type Side = 'ours' | 'peer';

/** What one opening of a tab took, as the client sees it. */
export interface Answer {
  ms: number;
  /** Rows of all tables that were received. */
  rows: number;
  /** Calls that reached the platform. */
  calls: number;
  /** In place of the rest. */
  error?: string;
}

const [apiUrl, side] = process.argv.slice(2);
// All pieces of a long range wait for one signal; more than ten are no leak.
setMaxListeners(100);
const {DG} = await startNodeClient(apiUrl);
// The package's modules expect the platform to be there when they are loaded.
const {askOurs} = await import('./ours.ts');
const seen = {rows: 0, calls: 0};
watchCalls();
await warmUp();
process.on('message', async (question: Question) => process.send!(await answer(question)));
process.on('disconnect', () => process.exit(0));
process.send!('ready');

async function answer(question: Question): Promise<Answer> {
  Object.assign(seen, {rows: 0, calls: 0});
  const started = performance.now();
  try {
    await (side === 'ours' ? askOurs(question) : askPeer(question));
    return {ms: performance.now() - started, ...seen};
  } catch (error) {
    return {ms: 0, rows: 0, calls: 0, error: String((error as Error)?.message ?? error)};
  }
}

/**
 * What the filters of either package ask before any tab is opened. Without it the first tab would pay for what a
 * process does once: compiling, connecting, planning.
 */
async function warmUp(): Promise<void> {
  const names = side === 'ours' ? ['FilterTags', 'FilterCategories'] : ['EntitiesTags', 'PackagesCategories'];
  for (let i = 0; i < 3; i++)
    await Promise.all(names.map((name) => DG.Func.find({package: 'UsageAnalysis', name})[0].prepare({}).call()));
}

/** As viewers do: all queries of the tab at once. */
async function askPeer(question: Question): Promise<void> {
  await Promise.all(peerCalls(question).map(async ([name, parameters]) => {
    const [query] = DG.Func.find({package: 'UsageAnalysis', name});
    if (query == null)
      throw new Error(`The peer has no query ${name}`);
    await query.prepare(parameters).call();
  }));
}

/** Counts calls and the rows that they bring, whoever makes them. */
function watchCalls(): void {
  const {call} = DG.FuncCall.prototype;
  DG.FuncCall.prototype.call = async function (...parameters: unknown[]) {
    const result = await call.apply(this, parameters);
    seen.calls++;
    const output = this.getOutputParamValue();
    seen.rows += output instanceof DG.DataFrame ? output.rowCount : 1;
    return result;
  };
}
