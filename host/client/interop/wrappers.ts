import {define, override} from './define.ts';
import {Handle} from './handle.ts';
import {shellBus, Subscription} from './bus.ts';

/**
 * Makes the host's handles look like the core's objects to the published classes, and its events like theirs.
 * Everything that is not a handle goes to the core unchanged.
 */
export function installWrappers(): void {
  override('GetType', (original) => (x: any) => x instanceof Handle ? x.kind : original(x));
  override('GetWrapper', (original) => (x: any) => x instanceof Handle ? x.wrapper : original(x));

  // The core's own bus is private in this build and never fires shell events; the host's bus carries them.
  override('OnEvent', (original) => (event: string, handler: (x: any) => void) => {
    const ours = shellBus.on(event, handler);
    const theirs = original(event, handler);
    return new Subscription(() => {
      ours.cancel();
      if (theirs != null)
        cancelInCore(theirs);
    });
  });
  override('OnObjectEvent', (original) => (object: any, event: string, handler: (x: any) => void) =>
    object instanceof Handle ? object.bus.on(event, handler) : original(object, event, handler));

  const cancelInCore = (window as any).grok_Subscription_Cancel;
  override('Subscription_Cancel', (original) => (subscription: any) => {
    if (subscription instanceof Subscription)
      subscription.cancel();
    else if (typeof subscription?.unsubscribe === 'function')
      subscription.unsubscribe();
    else
      original(subscription);
  });
  override('Stream_Listen', (original) => (stream: any, onData: (x: any) => void) =>
    typeof stream?.subscribe === 'function' ?
      new Subscription(unsubscriber(stream.subscribe(onData))) : original(stream, onData));

  overrideOrDefine('Object_ToString', (original) => (x: any) =>
    x instanceof Handle ? `${x.kind}` : original?.(x) ?? String(x));
}

function unsubscriber(subscription: {unsubscribe(): void}): () => void {
  return () => subscription.unsubscribe();
}

/** For functions that some builds of the core have and some lack. */
export function overrideOrDefine(name: string,
  make: (original: ((...args: any[]) => any) | undefined) => (...args: any[]) => any): void {
  if (typeof (window as any)[`grok_${name}`] === 'function')
    override(name, make);
  else
    define({[name]: make(undefined)});
}
