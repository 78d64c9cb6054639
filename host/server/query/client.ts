import pg from 'pg';
// The parser is no part of pg's public interface; `assertRows` in rows.ts notices when it is not the one in use.
import {Parser} from 'pg-protocol/dist/parser.js';

/** Receives the body of every DataRow message: the buffer and where the body begins. */
export type RowSink = (bytes: Buffer, offset: number) => void;

/** A connection whose rows can be read without `pg` making strings of their fields. */
export interface RowConnection extends pg.Connection {
  rowSink?: RowSink;
}

const DATA_ROW = 'D'.charCodeAt(0);
const RAW_ROW = {name: 'rawRow', length: 0};

/**
 * A client of `pg` with one change: while its connection has a `rowSink`, DataRow messages go there as bytes. All
 * else, from authentication to errors, is pg's own.
 */
export class RowClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    const connection = this.rowConnection;
    const parser: any = new Parser();
    const handlePacket = parser.handlePacket.bind(parser);
    parser.handlePacket = (offset: number, code: number, length: number, bytes: Buffer): unknown => {
      if (code !== DATA_ROW || !connection.rowSink)
        return handlePacket(offset, code, length, bytes);
      connection.rowSink(bytes, offset);
      return RAW_ROW;
    };
    (connection as any).attachListeners = (stream: NodeJS.ReadableStream): void => {
      stream.on('data', (chunk: Buffer) => parser.parse(chunk, (message: {name: string}) =>
        connection.emit(message.name === 'error' ? 'errorMessage' : message.name, message)));
    };
  }

  get rowConnection(): RowConnection {
    return (this as any).connection;
  }

  /** Number of the server process behind this connection. */
  get backend(): number {
    return (this as any).processID;
  }

  /** Ends the connection at once, without a farewell. */
  cut(): void {
    this.rowConnection.stream.destroy();
  }
}
