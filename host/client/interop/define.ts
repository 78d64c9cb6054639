/**
 * The one way in which functions of the host reach the published classes: `window.grok_*`.
 * The core's own functions come first; a room of the host may replace one only by saying so.
 */
const core = new Map<string, (...args: any[]) => any>();
const own = new Set<string>();

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

/** What is asked of each function, from outside too: who provides it. */
function provide(full: string, f: (...args: any[]) => any): void {
  (window as any)[full] = f;
  (f as any).providedBy = 'host';
  own.add(full);
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
  if (!core.has(full))
    core.set(full, original);
  provide(full, make(original));
}

/** True for a name that the host (not the core) serves; for tests and diagnostics. */
export function isOwn(name: string): boolean {
  return own.has(`grok_${name}`);
}
