import {Cancelled} from '../cancelled';

/**
 * Work that several wait for. It is given up when nobody waits any more; not at once, because who changes a filter
 * leaves and comes back in one go.
 */
export class Shared<T> {
  private readonly control = new AbortController();
  private readonly work: Promise<T>;
  private waiting = 0;

  constructor(work: (signal: AbortSignal) => Promise<T>) {
    this.work = work(this.control.signal);
    // Whoever waits is told; with nobody waiting a failure is no news.
    this.work.catch(() => {});
  }

  /** Given up, or about to be: not to be joined any more. */
  get isAbandoned(): boolean {return this.control.signal.aborted;}

  /** Ends the work unless somebody waits for it. */
  giveUp(): void {
    if (this.waiting === 0)
      this.control.abort();
  }

  /** Waits for the outcome. @throws Cancelled as soon as the signal aborts, and what the work throws. */
  join(signal: AbortSignal): Promise<T> {
    if (signal.aborted)
      return Promise.reject(new Cancelled());
    this.waiting++;
    return new Promise<T>((resolve, reject) => {
      const leave = (): void => {
        reject(new Cancelled());
        if (--this.waiting === 0)
          giveUpSoon(this);
      };
      signal.addEventListener('abort', leave, {once: true});
      void this.work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });
  }
}

const left = new Set<Shared<unknown>>();

/** Gives up all that was left in one go at once, so that none takes the place of another in a queue. */
function giveUpSoon(work: Shared<any>): void {
  if (left.size === 0) {
    setTimeout(() => {
      const works = [...left];
      left.clear();
      works.forEach((one) => one.giveUp());
    }, 0);
  }
  left.add(work);
}

/** Lets work run at once as long as it has room together; the rest waits in order. */
export class Gate {
  private free: number;
  private readonly queue: {room: number, start: () => void}[] = [];

  constructor(private readonly room: number) {
    this.free = room;
  }

  /**
   * Runs the work when there is room for it.
   * @param room how much it takes; what takes more than there is runs alone.
   * @throws Cancelled when the signal aborts before, and what the work throws.
   */
  async run<T>(work: () => Promise<T>, signal: AbortSignal, room = 1): Promise<T> {
    const taken = Math.min(room, this.room);
    const admitted = new Promise<void>((start) => this.queue.push({room: taken, start}));
    this.admit();
    await admitted;
    try {
      if (signal.aborted)
        throw new Cancelled();
      return await work();
    } finally {
      this.free += taken;
      this.admit();
    }
  }

  private admit(): void {
    while (this.queue.length > 0 && this.queue[0].room <= this.free) {
      const {room, start} = this.queue.shift()!;
      this.free -= room;
      start();
    }
  }
}
