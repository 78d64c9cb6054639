import {BehaviorSubject, Observable} from 'rxjs';

/** What a panel has to show: one of these, always. Instants are epoch milliseconds. */
export type State<T> =
  /** Asked for the first time; nothing to show yet. */
  | {kind: 'loading', since: number}
  | {kind: 'ready', data: T, asOf: number}
  /** The answer came, and there is nothing in it. */
  | {kind: 'empty', data: T, asOf: number}
  /** No answer. `data` is the last good one, if any. */
  | {kind: 'failed', message: string, data?: T, asOf?: number}
  /** The last good answer, while the next one is awaited. */
  | {kind: 'stale', data: T, asOf: number, since: number};

/** Asks for an answer; must give up when the signal aborts. */
export type Ask<R, T> = (request: R, signal: AbortSignal) => Promise<T>;

export interface RunnerOptions<R, T> {
  isEmpty?: (data: T) => boolean;
  /** Two requests with one key have one answer; an unchanged request is not asked again unless forced. */
  key?: (request: R) => string;
  /** How old an answer is that was made of what was asked for before; undefined for one that is new. */
  asOf?: (data: T) => number | undefined;
  /** Clock, epoch milliseconds. */
  now?: () => number;
}

/**
 * The only door to data. It gives every request a token, so that an older answer never replaces a newer one; cancels
 * what is no longer wanted; keeps the last good answer while the next is awaited; and says when an answer was asked
 * for (`asOf`).
 */
export class Runner<R, T> {
  private readonly subject: BehaviorSubject<State<T>>;
  private token = 0;
  private running: AbortController | null = null;
  private request: {value: R, key: string} | null = null;
  private good: {data: T, asOf: number, key: string} | null = null;
  private closed = false;

  private readonly isEmpty: (data: T) => boolean;
  private readonly ageOf: (data: T) => number | undefined;
  private readonly key: (request: R) => string;
  private readonly now: () => number;

  constructor(private readonly ask: Ask<R, T>, options: RunnerOptions<R, T> = {}) {
    this.isEmpty = options.isEmpty ?? (() => false);
    this.ageOf = options.asOf ?? (() => undefined);
    this.key = options.key ?? ((request) => JSON.stringify(request));
    this.now = options.now ?? Date.now;
    this.subject = new BehaviorSubject<State<T>>({kind: 'loading', since: this.now()});
  }

  get state(): State<T> {return this.subject.value;}
  get states(): Observable<State<T>> {return this.subject.asObservable();}
  /** True while an answer is awaited. */
  get isRunning(): boolean {return this.running != null;}

  /**
   * Asks, unless the same request is being answered or was answered already. Never rejects: the outcome is a state.
   * @param force ask even so (Refresh, Retry).
   */
  async run(request: R, force = false): Promise<void> {
    const key = this.key(request);
    if (this.closed || (!force && key === this.request?.key && this.state.kind !== 'failed'))
      return;
    this.running?.abort();
    const token = ++this.token;
    const control = this.running = new AbortController();
    const since = this.now();
    this.request = {value: request, key};
    this.subject.next(this.good == null ? {kind: 'loading', since} :
      {kind: 'stale', data: this.good.data, asOf: this.good.asOf, since});
    try {
      const data = await this.ask(request, control.signal);
      const asOf = this.ageOf(data) ?? since;
      if (token === this.token)
        this.finish({kind: this.isEmpty(data) ? 'empty' : 'ready', data, asOf}, {data, asOf, key});
    } catch (e) {
      if (token === this.token)
        this.finish({kind: 'failed', message: messageOf(e), data: this.good?.data, asOf: this.good?.asOf}, this.good);
    }
  }

  /** Asks the last request again. */
  retry(): Promise<void> {
    return this.request == null ? Promise.resolve() : this.run(this.request.value, true);
  }

  /** Stops waiting; what was shown before stays, or the panel says that it was cancelled. */
  cancel(): void {
    if (this.running == null)
      return;
    this.running.abort();
    this.token++;
    this.running = null;
    this.subject.next({kind: 'failed', message: 'Cancelled', data: this.good?.data, asOf: this.good?.asOf});
  }

  /** Cancels and ends: no state is published afterwards. */
  dispose(): void {
    this.closed = true;
    this.token++;
    this.running?.abort();
    this.running = null;
    this.subject.complete();
  }

  private finish(state: State<T>, good: typeof this.good): void {
    this.running = null;
    this.good = good;
    this.subject.next(state);
  }
}

/** Whatever was thrown, as text for the user. */
export function messageOf(e: unknown): string {
  const text = e instanceof Error ? e.message : typeof e === 'string' ? e : String((e as any)?.message ?? e);
  return text.trim() === '' ? 'The query failed without a message' : text.trim();
}
