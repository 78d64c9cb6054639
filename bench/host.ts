import {fork, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import type {Socket} from 'node:net';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {buildApp, type AppOptions} from '../host/server/app.ts';
import type {Answer, Side} from './client.ts';
import type {Question} from './tabs.ts';

/** A tab's opening with what the server sent for it. */
export type Measured = Answer & {bytes: number};

export interface BenchClient {
  ask(question: Question): Promise<Measured>;
  close(): Promise<void>;
}

const HERE = path.dirname(fileURLToPath(import.meta.url));

/** Longest run of one query: the peer's year of ten million events takes minutes. */
const LIMITS = {timeLimitMs: 1_800_000, rowLimit: 5_000_000};

/** The host with one package, as `npm start` runs it, on a free port of loopback. */
export class BenchHost {
  private sent = 0;
  private readonly open = new Set<Socket>();
  private app?: Awaited<ReturnType<typeof buildApp>>;

  constructor(private readonly side: Side, private readonly databaseUrl: string, private readonly folder: string,
    private readonly options: Partial<AppOptions> = {}) {}

  /** Starts it anew: nothing that a server remembers is left. */
  async restart(): Promise<void> {
    await this.close();
    this.app = await buildApp({databaseUrl: this.databaseUrl, packageFolders: [this.folder], readOnly: true,
      clientFolder: HERE, ownerIsAdmin: true, limits: LIMITS, ...this.options});
    this.app.server.on('connection', (socket: Socket) => {
      this.open.add(socket);
      socket.on('close', () => {
        this.open.delete(socket);
        this.sent += socket.bytesWritten;
      });
    });
    await this.app.listen({port: 0, host: '127.0.0.1'});
  }

  /** A client that was just opened. */
  async client(): Promise<BenchClient> {
    const {port} = this.app!.server.address() as {port: number};
    const child = fork(path.join(HERE, 'client.ts'), [`http://127.0.0.1:${port}/api`, this.side],
      {execArgv: ['--import', 'tsx'], env: {...process.env, TZ: 'UTC'}, stdio: ['ignore', 'ignore', 'inherit', 'ipc']});
    await message(child);
    const bytes = (): number => [...this.open].reduce((sum, socket) => sum + socket.bytesWritten, this.sent);
    return {
      ask: async (question) => {
        const before = bytes();
        child.send(question);
        const answer = await message(child) as Answer;
        if (answer.error !== undefined)
          throw new Error(`${this.side}, ${question.tab}: ${answer.error}`);
        return {...answer, bytes: bytes() - before};
      },
      close: async () => {
        const gone = once(child, 'exit');
        child.disconnect();
        await gone;
      },
    };
  }

  async close(): Promise<void> {
    await this.app?.close();
    this.app = undefined;
  }
}

/** What the child says next. @throws when it ends instead. */
async function message(child: ChildProcess): Promise<unknown> {
  const waiting = new AbortController();
  const {signal} = waiting;
  try {
    return await Promise.race([
      once(child, 'message', {signal}).then(([value]) => value),
      once(child, 'exit', {signal}).then(() => {
        throw new Error('A client of the benchmark ended by itself');
      })]);
  } finally {
    waiting.abort();
  }
}
