/** How a run and whoever waits for it speak to each other. */
export interface RunSignals {
  /** Aborting it says that the answer is not wanted any more. */
  signal: AbortSignal;
  /** Told how many rows have arrived. */
  onProgress?: (rows: number) => void;
}

/** One run for everybody who asks the same meanwhile. It is aborted when the last of them has given up. */
export class SharedRun<T> {
  readonly done: Promise<T>;
  private readonly abort = new AbortController();
  private readonly waiting = new Set<RunSignals>();

  /** @param abandoned told before the run is aborted: nobody may join it from then on. */
  constructor(make: (signals: RunSignals) => Promise<T>, private readonly abandoned: () => void) {
    this.done = make({signal: this.abort.signal,
      onProgress: (rows) => this.waiting.forEach((asker) => asker.onProgress?.(rows))});
    // Everybody may have left before it fails.
    this.done.catch(() => {});
  }

  /** Waits for the run. @throws what the run throws, and the signal's reason when this asker gave up. */
  join(asker: RunSignals): Promise<T> {
    const {signal} = asker;
    return new Promise<T>((resolve, reject) => {
      const leave = (): void => {
        this.waiting.delete(asker);
        signal.removeEventListener('abort', giveUp);
      };
      const giveUp = (): void => {
        leave();
        reject(signal.reason);
        if (this.waiting.size === 0) {
          this.abandoned();
          this.abort.abort();
        }
      };
      this.waiting.add(asker);
      signal.addEventListener('abort', giveUp);
      this.done.then(resolve, reject).finally(leave);
      if (signal.aborted)
        giveUp();
    });
  }
}
