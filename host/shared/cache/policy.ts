import {Cron} from './cron.ts';

/** How the answers of a function may be kept. */
export interface CachePolicy {
  server: boolean;
  client: boolean;
  /** When kept answers become void; absent: never. */
  invalidateOn?: Cron;
}

const NOTHING: CachePolicy = {server: false, client: false};

/**
 * Reads `meta.cache` (`server`, `client`, `all`, and `true`, the old form of `all`) with `meta.cache.invalidateOn`
 * (older: `meta.invalidate`) from a function's options. What is not understood keeps nothing: an answer too fresh
 * harms nobody.
 */
export function cachePolicy(options: Record<string, string> = {}): CachePolicy {
  const kind = options['cache']?.trim().toLowerCase() ?? '';
  if (!['server', 'client', 'all', 'true'].includes(kind))
    return NOTHING;
  const schedule = options['cache.invalidateOn'] ?? options['invalidate'];
  try {
    const both = kind === 'all' || kind === 'true';
    return {server: both || kind === 'server', client: both || kind === 'client',
      ...schedule?.trim() ? {invalidateOn: new Cron(schedule)} : {}};
  } catch {
    return NOTHING;
  }
}
