/** What `grok_Subscription_Cancel` accepts from this host. */
export class Subscription {
  constructor(private stop: (() => void) | null) {}

  cancel(): void {
    this.stop?.();
    this.stop = null;
  }
}

type Handler = (event: any) => void;

/**
 * Named events of one object, or of the whole shell. Delivery is synchronous and in the order of subscription, as in
 * the core; one subscriber's exception is reported and stops nobody else.
 */
export class Bus {
  private handlers = new Map<string, Handler[]>();

  on(event: string, handler: Handler): Subscription {
    this.handlers.set(event, [...(this.handlers.get(event) ?? []), handler]);
    return new Subscription(() => {
      const rest = (this.handlers.get(event) ?? []).filter((h) => h !== handler);
      if (rest.length > 0)
        this.handlers.set(event, rest);
      else
        this.handlers.delete(event);
    });
  }

  fire(event: string, data: any = null): void {
    for (const handler of this.handlers.get(event) ?? [])
      try {
        handler(data);
      } catch (e) {
        reportError(e);
      }
  }

  /** Number of live subscriptions; tests and leak checks read it. */
  get size(): number {
    let n = 0;
    for (const list of this.handlers.values())
      n += list.length;
    return n;
  }

  close(): void {
    this.handlers.clear();
  }
}

/** Events of the shell as a whole: `grok.events.*`. */
export const shellBus = new Bus();
