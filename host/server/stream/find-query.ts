import {randomUUID} from 'node:crypto';
import type {FastifyRequest} from 'fastify';
import type {ParsedParam} from '../annotation/parameter.ts';
import {Refusal, type Caller, type FunctionSpec} from '../model.ts';
import {parseQueries} from '../query/annotation.ts';
import {cachePolicy, type CachePolicy} from '../cache/index.ts';
import type {AnswerMaker} from './answer.ts';
import type {CallBody} from './message.ts';

/** What the call stream needs of the rest of the server. */
export interface CallStreamOptions extends AnswerMaker {
  /** The registered function with this id. */
  findFunction(id: string): FunctionSpec | undefined;
  /** Who sent the request. A rejection is told to the client in answer to its call. */
  caller(request: FastifyRequest): Caller | Promise<Caller>;
  /** @throws Refusal when the caller may not run the function. */
  mayRun(caller: Caller, spec: FunctionSpec): void | Promise<void>;
  /** Told of every run of a registered query that has ended. Must not throw. */
  ended?(run: EndedRun): void;
  /** Names of the connections that `runner` serves. Default `System:Datagrok`. */
  connections?: string[];
  /** Ids of the connections on which administrators may run SQL of their own. Default none. */
  adHocConnections?: string[];
}

/** A run of a registered query that has ended. */
export interface EndedRun {
  request: FastifyRequest;
  caller: Caller;
  spec: FunctionSpec;
  inputs: Record<string, unknown>;
  /** Scalars, and names of tables, by parameter. */
  outputs: Record<string, unknown>;
  /** Epoch milliseconds. */
  started: number;
  status: 'Completed' | 'Error' | 'Canceled';
  error: string | null;
}

/** A query that the caller may run. */
export interface Callable {
  id: string;
  name: string;
  text: string;
  params: (ParsedParam & {id: string})[];
  /** Absent: no answer is kept. */
  cache?: CachePolicy;
}

/**
 * The query that a call means: a registered one by its id alone, whatever text the client sends along.
 *
 * SQL that is not registered runs for administrators on a connection named in `adHocConnections`, read-only and
 * limited like all else.
 * @throws Refusal 403 when the caller may not, 404 or 400 when there is nothing to run here.
 */
export async function findQuery(options: CallStreamOptions, caller: Caller, {func}: CallBody): Promise<Callable> {
  const spec = func.id ? options.findFunction(func.id) : undefined;
  if (!spec)
    return adHocQuery(options, caller, func);
  await options.mayRun(caller, spec);
  const nqName = `${spec.package.name}:${spec.name}`;
  if (spec.kind !== 'DataQuery' || spec.text === undefined)
    throw new Refusal(400, `${nqName} is no query: the client runs it`);
  const served = options.connections ?? ['System:Datagrok'];
  if (!served.some((name) => name.toLowerCase() === spec.connection?.toLowerCase()))
    throw new Refusal(400, `${nqName} needs the connection ${spec.connection ?? '(none named)'}, which is not here`);
  return {id: spec.id, name: spec.name, text: spec.text, params: spec.params,
    cache: cachePolicy(spec.options)};
}

function adHocQuery(options: CallStreamOptions, caller: Caller, func: CallBody['func']): Callable {
  if (!func.query)
    throw new Refusal(404, `There is no function ${func.name ? `"${func.name}" ` : ''}that this server runs`);
  if (!caller.isAdmin)
    throw new Refusal(403, 'Only administrators may run SQL that is not a query of a package');
  const connection = func.connection?.id;
  if (!connection || !options.adHocConnections?.includes(connection))
    throw new Refusal(403, 'SQL that is not a query of a package runs on System:Datagrok only');
  const {queries: [query], problems} = parseQueries(func.query, {name: 'AdHoc'});
  if (!query)
    throw new Refusal(400, problems[0] ?? 'There is no SQL in this query');
  return {id: func.id ?? randomUUID(), name: func.name ?? query.name, text: query.text,
    params: query.params.map((param) => ({...param, id: randomUUID()}))};
}
