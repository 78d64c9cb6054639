import type {TableColumn} from '../../shared/table.ts';
import type {Bind} from './bind.ts';
import type {ColumnBuilder} from './builder.ts';
import type {RowConnection} from './client.ts';
import {builderFor} from './column-type.ts';
import {QueryError} from './error.ts';
import type {Statement} from './statement.ts';

/** Rows of a statement as columns. */
export interface Rows {
  columns: TableColumn[];
  rowCount: number;
  /** There were more rows than the limit. */
  truncated: boolean;
  /** What the columns could not hold, in words. */
  notes: string[];
}

/** How many rows lie between two reports of progress. */
const REPORT_EVERY = 20_000;

/**
 * One statement by PostgreSQL's extended protocol, to be passed to `client.query` of a `RowClient` (pg calls the
 * `handle...` methods): parse and describe; then bind with the result format that each column's type needs, and
 * execute for one row more than the limit, so that it is known whether there were more. Rows are decoded into typed
 * arrays as they arrive.
 *
 * A statement without rows to return (`insert`, `copy`, `set`, `do`, ...) is refused before it is executed.
 */
export class RowQuery {
  /** Settles once the database has answered, or the connection is lost; with the database's error, if any. */
  readonly done: Promise<Rows>;
  private resolve!: (rows: Rows) => void;
  private reject!: (error: Error) => void;
  /** Absent until the query's turn has come. */
  private connection?: RowConnection;
  private names: string[] = [];
  private builders: ColumnBuilder[] = [];
  private count = 0;
  private isAnswered = false;
  private failure?: Error;

  constructor(private readonly statement: Statement, private readonly rowLimit: number,
    private readonly onRows: (count: number) => void = () => {}) {
    this.done = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  /** Keeps the statement from being executed, unless that has begun. */
  abandon(): void {
    this.failure ??= new QueryError('canceled', 'The query was cancelled');
  }

  submit(connection: RowConnection): void {
    this.connection = connection;
    connection.on('noData', this.refuse);
    const {text, binds} = this.statement;
    connection.parse({name: '', text, types: binds.map((bind) => bind.oid)} as any, false);
    connection.describe({type: 'S', name: ''}, false);
    connection.flush();
  }

  private readonly refuse = (): void => {
    this.failure ??= new QueryError('input', 'The query returns no table');
    this.sync();
  };

  handleRowDescription({fields}: {fields: {name: string; dataTypeID: number}[]}): void {
    if (this.failure)
      return this.sync();
    this.names = fields.map((field) => field.name);
    this.builders = fields.map((field) => builderFor(field.dataTypeID));
    const connection = this.connection!;
    connection.rowSink = this.readRow;
    connection.stream.write(bindMessage(this.statement.binds, this.builders.map((builder) => builder.format)));
    connection.execute({portal: '', rows: String(this.rowLimit + 1)}, false);
    this.sync();
  }

  /** A row's body: the number of fields (i16), then for each its length (i32, -1 for null) and its bytes. */
  private readonly readRow = (bytes: Buffer, offset: number): void => {
    if (this.failure || this.count++ >= this.rowLimit)
      return;
    let at = offset + 2;
    try {
      for (const builder of this.builders) {
        const length = bytes.readInt32BE(at);
        at += 4;
        if (length < 0)
          builder.addNull();
        else {
          builder.add(bytes, at, length);
          at += length;
        }
      }
      if (this.count % REPORT_EVERY === 0)
        this.onRows(this.count);
    } catch (error) {
      // Thrown here, it would end the process: nobody stands above the socket.
      this.failure = error as Error;
    }
  };

  /** Rows that come this way were read by another parser than ours. */
  handleDataRow(): void {
    this.failure ??= new Error('The installed version of pg does not pass on rows as bytes');
  }

  handleCommandComplete(): void {}
  handlePortalSuspended(): void {}
  handleEmptyQuery(): void {}

  handleReadyForQuery(): void {
    this.detach();
    if (this.failure)
      return this.reject(this.failure);
    const columns = this.builders.map((builder, i) => builder.finish(this.names[i]));
    this.resolve({
      columns, rowCount: Math.min(this.count, this.rowLimit), truncated: this.count > this.rowLimit,
      notes: this.builders.flatMap((builder) => builder.note ?? []),
    });
  }

  handleError(error: Error): void {
    this.detach();
    this.sync();
    this.reject(this.failure ?? error);
  }

  /** Every answer, also an error, ends with one Sync. */
  private sync(): void {
    if (!this.isAnswered)
      this.connection?.sync();
    this.isAnswered = true;
  }

  private detach(): void {
    if (!this.connection)
      return;
    this.connection.rowSink = undefined;
    this.connection.removeListener('noData', this.refuse);
  }
}

/** Bind message of the unnamed statement: values as text, the result in the given format per column. */
function bindMessage(binds: Bind[], formats: number[]): Buffer {
  const values = binds.map(({text}) => text === null ? null : Buffer.from(text));
  const valuesSize = values.reduce((sum, value) => sum + 4 + (value?.length ?? 0), 0);
  const size = 4 + 2 + 2 + 2 + valuesSize + 2 + 2 * formats.length;
  const message = Buffer.alloc(1 + size);
  let at = message.write('B', 0);
  at = message.writeInt32BE(size, at);
  // Two empty names and no formats of parameters, which means text.
  at += 4;
  at = message.writeInt16BE(values.length, at);
  for (const value of values) {
    at = message.writeInt32BE(value?.length ?? -1, at);
    at += value?.copy(message, at) ?? 0;
  }
  at = message.writeInt16BE(formats.length, at);
  for (const format of formats)
    at = message.writeInt16BE(format, at);
  return message;
}
