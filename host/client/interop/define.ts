/**
 * The one way in which functions of the host reach the published classes: `window.grok_*`.
 * The core's own functions come first; a room of the host may replace one only by saying so.
 */
type Functions = Record<string, (...args: any[]) => any>;

/**
 * Adds functions that the compiled core lacks. Keys are names without the prefix `grok_`.
 * @throws when the core, or another room, already has one of that name.
 */
export function define(functions: Functions): void {
  for (const [name, f] of Object.entries(functions)) {
    const full = `grok_${name}`;
    if ((window as any)[full] != null)
      throw new Error(`${full} is already there: use override() if the host must replace it`);
    provide(full, f);
  }
}

/** Puts it where the published classes look, marked as the host's. */
function provide(full: string, f: (...args: any[]) => any): void {
  (window as any)[full] = f;
  (f as any).providedBy = 'host';
}

/**
 * Replaces a function of the core. `make` gets the core's own function, to which the new one passes what is not its
 * business. Used where one function serves both the core's objects and the host's handles.
 * @throws when the core has no such function: the pinned core changed.
 */
export function override(name: string, make: (original: (...args: any[]) => any) => (...args: any[]) => any): void {
  const full = `grok_${name}`;
  const original = (window as any)[full];
  if (typeof original !== 'function')
    throw new Error(`${full} is not in the core: check the pinned version`);
  provide(full, make(original));
}
