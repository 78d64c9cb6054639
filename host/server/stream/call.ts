import {randomUUID} from 'node:crypto';
import type {FastifyRequest} from 'fastify';
import {TRUNCATED_TAG} from '../../shared/table.ts';
import {Refusal, type Caller} from '../model.ts';
import {QueryError} from '../query/error.ts';
import {answerQuery, type PreparedAnswer, type TableFormat} from './answer.ts';
import {dropCache, isCacheDrop} from './drop-cache.ts';
import {findQuery, type Callable, type CallStreamOptions} from './find-query.ts';
import type {CallBody} from './message.ts';
import {ROW_LIMIT_TAG} from './outputs.ts';

/** The socket as one call sees it. Sending settles once the bytes are on their way, and rejects when it is closed. */
export interface CallChannel {
  sendText(text: string): Promise<void>;
  sendBinary(bytes: Uint8Array): Promise<void>;
}

/** What the final message of a call says beside the function. */
interface Answer {
  status: 'Completed' | 'Error' | 'Canceled';
  parameterValues?: Record<string, unknown>;
  errorMessage?: string;
  errorStackTrace?: string;
}

const FRAME = 2 ** 20;
const PROGRESS_EVERY_MS = 250;

/** One call of one query, from the client's CALL to the final answer. */
export class ServedCall {
  private readonly abort = new AbortController();
  private partAnswered?: (accepted: boolean) => void;
  private lastProgress = 0;

  constructor(private readonly number: number, private readonly body: CallBody,
    private readonly channel: CallChannel, private readonly format: TableFormat,
    private readonly options: CallStreamOptions, private readonly request: FastifyRequest,
    private readonly report: (error: unknown) => void) {}

  /** Cancels the query in the database; the answer, if anybody still wants it, is `Canceled`. */
  cancel(): void {
    this.abort.abort();
    this.partAnswered?.(false);
  }

  /** The client has received a table, or could not. */
  answerPart(accepted: boolean): void {
    this.partAnswered?.(accepted);
  }

  /** Runs the query and sends what comes of it. Rejects only when the socket is gone. */
  async serve(caller: Promise<Caller>): Promise<void> {
    let query: Callable | undefined;
    let answer: Answer;
    const started = Date.now();
    try {
      if (isCacheDrop(this.body))
        answer = await dropCache(this.options, await caller, this.body).then(() => ({status: 'Completed'}));
      else {
        query = await findQuery(this.options, await caller, this.body);
        answer = {status: 'Completed', parameterValues: await this.run(query)};
      }
    } catch (error) {
      answer = this.failure(error);
    }
    if (query)
      this.tellEnd(await caller, query, answer, started);
    await this.send('CALL', answerText({id: this.body.id ?? randomUUID(), func: funcOf(this.body, query), ...answer}));
  }

  /** A query that is not registered is no function, and its run is not told. */
  private tellEnd(caller: Caller, {id}: Callable, {status, parameterValues = {}, errorMessage}: Answer,
    started: number): void {
    const spec = this.options.findFunction(id);
    if (!spec || !this.options.ended)
      return;
    const outputs = Object.fromEntries(Object.entries(parameterValues).map(([name, value]) =>
      [name, spec.params.some((p) => !p.isInput && p.name === name && p.type === 'dataframe') ? name : value]));
    this.options.ended({request: this.request, caller, spec, inputs: this.body.parameterValues ?? {}, outputs, started,
      status, error: errorMessage ?? null});
  }

  /** @returns the outputs for the final message; inputs are never echoed, for the client's core may choke on them. */
  private async run(query: Callable): Promise<Record<string, unknown>> {
    await this.progress(10, 'Running', true);
    const answer = await answerQuery(this.options, query, this.body.parameterValues ?? {}, this.format, {
      signal: this.abort.signal,
      // A socket that is gone cancels the call by itself.
      onProgress: (rows) => void this.progress(50, `${rows.toLocaleString('en')} rows read`).catch(() => {}),
    });
    await this.tell(answer);
    const {scalars, table} = answer;
    return table ? {...scalars, [table.param]: await this.sendTable(table, answer.cutAt)} : scalars;
  }

  /** Says what the user should know about the result, and that rows were cut off. */
  private async tell({notes, cutAt}: PreparedAnswer): Promise<void> {
    const cut = cutAt == null ? [] : [`Only the first ${cutAt.toLocaleString('en')} rows are shown: this is the limit`];
    for (const message of [...cut, ...notes])
      await this.send('LOG', JSON.stringify({level: 'warning', message, time: Date.now(), params: {}}));
    if (cut.length > 0)
      await this.progress(80, cut[0], true);
  }

  /** Sends a table and waits until the client has it. @returns its id, the value of the output. */
  private async sendTable({param, rowCount, bytes}: NonNullable<PreparedAnswer['table']>,
    cutAt: number | undefined): Promise<string> {
    const id = randomUUID();
    const tags = {
      '.id': id, '.type': this.format === 'columnar' ? 'parquet' : 'dataframe', '.name': param,
      ...cutAt == null ? {} : {[TRUNCATED_TAG]: 'true', [ROW_LIMIT_TAG]: String(cutAt)},
    };
    await this.progress(90, `Sending ${rowCount.toLocaleString('en')} rows`, true);
    await this.send('SENDING DATAFRAME', `${bytes.length} ${JSON.stringify(tags)}`);
    for (let at = 0; at < bytes.length; at += FRAME)
      await this.sendPart(bytes.subarray(at, at + FRAME));
    return id;
  }

  /**
   * Sends one part and waits until the client has it: the core answers every part, and would look for the table while
   * its last part is still being taken in if the final message came on the answer to an earlier one.
   */
  private async sendPart(part: Uint8Array): Promise<void> {
    this.abort.signal.throwIfAborted();
    const frame = Buffer.alloc(4 + part.length);
    frame.writeUInt32BE(this.number);
    frame.set(part, 4);
    const answered = new Promise<boolean>((resolve) => this.partAnswered = resolve);
    await this.channel.sendBinary(frame);
    if (await answered)
      return;
    this.abort.signal.throwIfAborted();
    throw new Refusal(413, 'The client could not receive the table');
  }

  private failure(error: unknown): Answer {
    if (this.abort.signal.aborted)
      return {status: 'Canceled'};
    const isForUser = error instanceof QueryError || error instanceof Refusal;
    if (!isForUser)
      this.report(error);
    return {status: 'Error', errorMessage: isForUser ? error.message : 'The server failed; its log says more',
      errorStackTrace: ''};
  }

  private async progress(percent: number, description: string, always = false): Promise<void> {
    if (!always && Date.now() - this.lastProgress < PROGRESS_EVERY_MS)
      return;
    this.lastProgress = Date.now();
    await this.send('PROGRESS', JSON.stringify({percent, description}));
  }

  private send(verb: string, rest: string): Promise<void> {
    return this.channel.sendText(`${this.number} ${verb} ${rest}`);
  }
}

/**
 * The final message of a call. `parameterValues` must be there whatever happened: without it the client's core throws
 * where nobody catches, which ends a Node process.
 */
export function answerText(answer: object): string {
  return JSON.stringify({'#type': 'FuncCall', 'finished': new Date().toISOString(), 'parameterValues': {}, ...answer});
}

/** The function as the answer names it, with its outputs only. */
function funcOf({func}: CallBody, query: Callable | undefined): object {
  return {
    '#type': 'DataQuery', 'id': query?.id ?? func.id ?? randomUUID(),
    'params': (query?.params ?? []).filter((param) => !param.isInput)
      .map(({id, name, type}) => ({id, name, propertyType: type, isInput: false})),
  };
}
