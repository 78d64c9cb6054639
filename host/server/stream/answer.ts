import {encodeColumnar} from '../../shared/columnar.ts';
import type {AnswerCache, Keepable, RunSignals} from '../cache/index.ts';
import {cacheKey} from '../cache/index.ts';
import {loadCore} from '../core/core.ts';
import {encodeD42} from '../core/d42.ts';
import type {QueryRunner} from '../query/run.ts';
import type {Callable} from './find-query.ts';
import {outputsOf} from './outputs.ts';

/** How a table travels: in the columnar container, which only the host's page reads, or in the platform's d42. */
export type TableFormat = 'columnar' | 'd42';

/** Outputs of a query in the form in which they are sent. */
export interface PreparedAnswer extends Keepable {
  scalars: Record<string, unknown>;
  table?: {param: string; rowCount: number; bytes: Uint8Array};
  /** What the user should know about the result, in words. */
  notes: string[];
  /** Rows were cut off at this limit. */
  cutAt?: number;
}

/** What answers are made with. */
export interface AnswerMaker {
  runner: QueryRunner;
  /** Absent: every call runs its query. */
  cache?: AnswerCache<PreparedAnswer>;
}

/** An answer takes up a little memory, however empty. */
const OVERHEAD = 500;

/**
 * The answer to a call: a kept one where the query's annotation allows it, else the query is run. Whether the caller
 * may run it has been found out before.
 * @throws QueryError
 */
export async function answerQuery({runner, cache}: AnswerMaker, query: Callable, values: Record<string, unknown>,
  format: TableFormat, asker: RunSignals): Promise<PreparedAnswer> {
  const make = (signals: RunSignals): Promise<PreparedAnswer> => runQuery(runner, query, values, format, signals);
  if (!cache || !query.cache?.server)
    return make(asker);
  return cache.ask(cacheKey(query, values, format, query.cache), make, asker);
}

async function runQuery(runner: QueryRunner, query: Callable, values: Record<string, unknown>, format: TableFormat,
  signals: RunSignals): Promise<PreparedAnswer> {
  const result = await runner.run(query, values, signals);
  const {table, scalars} = outputsOf(query, result);
  const bytes = table && (format === 'columnar' ? encodeColumnar(table.table) :
    encodeD42(await loadCore(), table.table, table.param));
  return {
    scalars, notes: result.notes, ...result.truncated ? {cutAt: result.rowLimit} : {}, isWhole: !result.truncated,
    size: OVERHEAD + JSON.stringify(scalars).length + (bytes?.length ?? 0),
    ...table && bytes ? {table: {param: table.param, rowCount: result.rowCount, bytes}} : {},
  };
}
