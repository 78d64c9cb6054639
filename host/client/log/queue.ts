/** A record on its way to the server, as `PUT log/audit` takes it. */
export interface PostedRecord {
  /** Made by the client: however often a record is sent, it counts once. */
  id: string;
  level: string;
  /** Kind of event; absent where the level has none. */
  type?: string;
  message: string;
  params: Record<string, unknown>;
  stackTrace?: string;
  stackTraceHash?: string;
  /** Epoch milliseconds. */
  time: number;
}

/** Sends a list of records. `status` is the HTTP status; a rejection means that the server was not reached. */
export type Send = (records: readonly PostedRecord[], isLast: boolean) => Promise<{status: number, reason: string}>;

export interface QueueOptions {
  /** Milliseconds between a record and its post. */
  pause?: number;
  /** So many records are posted at once, without waiting. */
  batch?: number;
  /** So many may wait; further ones are left out, and counted. */
  most?: number;
  /** Longest wait between two tries, milliseconds. */
  longestWait?: number;
  /** Told what was left out or refused, in words. */
  warn?: (text: string) => void;
}

/**
 * Records that wait to be sent: one post at a time, each second or each hundred. A server that is busy (429, 503) or
 * not reached is asked again, later and later, with the same ids; what it refuses is dropped.
 */
export class LogQueue {
  private waiting: PostedRecord[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private flushing: Promise<void> | null = null;
  private tries = 0;
  private stopped = false;
  private leftOut = 0;
  private readonly options: Required<QueueOptions>;

  constructor(private readonly send: Send, options: QueueOptions = {}) {
    this.options = {pause: 1000, batch: 100, most: 10_000, longestWait: 30_000, warn: console.warn, ...options};
  }

  /** Records that wait or are on their way. */
  get length(): number {return this.waiting.length;}

  add(record: PostedRecord): void {
    if (this.stopped)
      return;
    if (this.waiting.length >= this.options.most) {
      this.leftOut++;
      return;
    }
    this.waiting.push(record);
    if (this.flushing == null && this.tries === 0)
      this.wake(this.waiting.length >= this.options.batch ? 0 : this.options.pause);
  }

  /** Sends what waits; settles when all was sent, refused, or the server could not take it now. */
  flush(): Promise<void> {
    return this.flushing ??= this.postAll().finally(() => this.flushing = null);
  }

  /** The page goes: one more try with what is there, for whose answer nobody waits. */
  last(): void {
    clearTimeout(this.timer);
    if (this.waiting.length > 0 && !this.stopped)
      this.send(this.waiting, true).catch(() => {});
  }

  private wake(pause: number): void {
    if (this.timer != null && pause > 0)
      return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.flush();
    }, pause);
  }

  private async postAll(): Promise<void> {
    while (this.waiting.length > 0 && !this.stopped) {
      const batch = this.waiting.slice(0, this.options.batch);
      const {status, reason} = await this.send(batch, false)
        .catch((e) => ({status: 0, reason: String(e?.message ?? e)}));
      if (!this.answered(batch.length, status, reason))
        return;
    }
  }

  /** @returns whether more may follow at once. */
  private answered(count: number, status: number, reason: string): boolean {
    if (status === 0 || status === 429 || status >= 500 && status !== 501) {
      this.tries++;
      this.wake(Math.min(this.options.longestWait, this.options.pause * 2 ** Math.min(this.tries, 10)));
      return false;
    }
    this.tries = 0;
    this.waiting.splice(0, count);
    // The database is somebody else's, nobody is signed in, or no log is kept: there is no use in asking again.
    if ([401, 403, 404, 409, 501].includes(status)) {
      this.stopped = true;
      this.waiting = [];
    } else if (status >= 400)
      this.options.warn(`The log refused ${count} records: ${reason}`);
    if (this.leftOut > 0)
      this.options.warn(`The log left out ${this.leftOut} records: too many waited`);
    this.leftOut = 0;
    return true;
  }
}

/**
 * Posts to the REST call of the platform.
 * @param root address of the API, without a slash at the end.
 * @param token of whoever signs in by a header; empty where a cookie or the loopback does it.
 */
export function restSend(root: string, token: string): Send {
  return async (records, isLast) => {
    const headers = {'content-type': 'application/json; charset=utf-8', ...token === '' ? {} : {authorization: token}};
    // Browsers let a page that goes send 64 KB.
    const parts = isLast ? slices(records, 60_000) : [records];
    let answer = {status: 200, reason: ''};
    for (const part of parts) {
      const response = await fetch(`${root}/log/audit`, {method: 'PUT', body: JSON.stringify(part), headers,
        credentials: 'same-origin', keepalive: isLast});
      const body = await response.json().catch(() => null) as any;
      answer = {status: response.status, reason: body?.message ?? body?.refused?.[0]?.reason ?? ''};
    }
    return answer;
  };
}

/** As many records as fit into one post of so many characters. */
function slices(records: readonly PostedRecord[], most: number): PostedRecord[][] {
  let size = 0;
  const kept = records.filter((record) => (size += JSON.stringify(record).length + 1) < most);
  return kept.length > 0 ? [kept] : [];
}
