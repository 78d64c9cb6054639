import {Cron} from '../../shared/cache/cron.ts';
import {SharedRun, type RunSignals} from './shared-run.ts';

/** What can be kept: how much memory it takes, and whether another asker may have it. */
export interface Keepable {
  /** Bytes. */
  size: number;
  /** False for what was cut off: the next asker may be luckier. */
  isWhole: boolean;
}

/** What an answer is kept under. */
export interface CacheKey {
  /** Whose answers are dropped together: the function. */
  group: string;
  /** Equal for questions with one answer. */
  key: string;
  /** When the answer becomes void; absent: never. */
  invalidateOn?: Cron;
}

interface Kept<T> {
  answer: T;
  group: string;
  /** Epoch milliseconds. */
  expires: number;
}

/**
 * Answers that were given, bounded in bytes; the one that was not asked for the longest goes first. A question that
 * is being answered is not asked a second time: whoever comes waits for the same run. Failures, cancelled runs and
 * answers that were cut are not kept.
 *
 * Knows nothing of rights: ask only for somebody who may have the answer.
 */
export class AnswerCache<T extends Keepable> {
  /** In the order of use, the oldest first. */
  private readonly kept = new Map<string, Kept<T>>();
  private readonly running = new Map<string, {run: SharedRun<T>, group: string}>();
  private bytes = 0;

  /**
   * @param limit bytes; 0 keeps nothing, and every question is asked.
   * @param now clock, epoch milliseconds.
   */
  constructor(private readonly limit: number, private readonly now: () => number = Date.now) {}

  /** Bytes of all answers that are kept. */
  get size(): number {
    return this.bytes;
  }

  /**
   * The kept answer, or what `make` comes to.
   * @param make runs the question; its signal aborts when nobody waits for it any more.
   * @throws what `make` throws, and the signal's reason when the asker gave up.
   */
  async ask(key: CacheKey, make: (signals: RunSignals) => Promise<T>, asker: RunSignals): Promise<T> {
    if (this.limit <= 0)
      return make(asker);
    const found = this.find(key.key);
    if (found)
      return found;
    const started = this.now();
    let entry = this.running.get(key.key);
    if (!entry) {
      const run = new SharedRun(make, () => this.forget(key.key, run));
      this.running.set(key.key, entry = {run, group: key.group});
      run.done.then((answer) => this.running.get(key.key)?.run === run && this.keep(key, answer, started), () => {})
        .finally(() => this.forget(key.key, run));
    }
    return entry.run.join(asker);
  }

  /** Drops the answers of a group; a run that began before keeps nothing, and who asks from now on starts another. */
  drop(group: string): void {
    for (const [key, entry] of this.kept)
      if (entry.group === group)
        this.remove(key, entry);
    for (const [key, entry] of this.running)
      if (entry.group === group)
        this.running.delete(key);
  }

  private find(key: string): T | undefined {
    const entry = this.kept.get(key);
    if (!entry)
      return undefined;
    if (entry.expires <= this.now()) {
      this.remove(key, entry);
      return undefined;
    }
    this.kept.delete(key);
    this.kept.set(key, entry);
    return entry.answer;
  }

  /** The data are those of the run's start: a schedule that struck meanwhile makes them void. */
  private keep({key, group, invalidateOn}: CacheKey, answer: T, started: number): void {
    const expires = invalidateOn?.next(started) ?? Infinity;
    if (!answer.isWhole || answer.size > this.limit || expires <= this.now())
      return;
    this.kept.set(key, {answer, group, expires});
    this.bytes += answer.size;
    for (const [oldest, entry] of this.kept) {
      if (this.bytes <= this.limit)
        return;
      this.remove(oldest, entry);
    }
  }

  private remove(key: string, entry: Kept<T>): void {
    this.kept.delete(key);
    this.bytes -= entry.answer.size;
  }

  private forget(key: string, run: SharedRun<T>): void {
    if (this.running.get(key)?.run === run)
      this.running.delete(key);
  }
}
