/** Levels of the log, from the noisiest to the gravest, then those about use. */
export const LEVELS = ['debug', 'info', 'warning', 'error', 'audit', 'usage'] as const;

/** Levels that clients post; the core has the same list (`postLevels`), the platform's default. */
const POSTED: ReadonlySet<string> = new Set(['error', 'warning', 'audit', 'usage']);

export const isPosted = (level: string): boolean => POSTED.has(level);
