/** Asks after a pause, and hands on the answer to the newest question only: a late one never replaces a newer one. */
export class Newest {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = 0;

  /**
   * @param pause milliseconds without a newer question before this one is put
   * @param question may answer at once or by a promise
   */
  ask<T>(pause: number, question: () => T | Promise<T>, onAnswer: (answer: T) => void,
    onError: (message: string) => void): void {
    this.cancel();
    const number = this.asked;
    this.timer = setTimeout(async () => {
      try {
        const answer = await question();
        if (number === this.asked)
          onAnswer(answer);
      } catch (e) {
        if (number === this.asked)
          onError(e instanceof Error ? e.message : String(e));
      }
    }, pause);
  }

  /** Whatever was asked is of no interest any more. */
  cancel(): void {
    clearTimeout(this.timer);
    this.asked++;
  }
}
