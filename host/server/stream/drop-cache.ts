import {Refusal, type Caller} from '../model.ts';
import type {CallStreamOptions} from './find-query.ts';
import type {CallBody} from './message.ts';

/** Functions of the platform's core that run on the server: they drop the kept answers of their argument. */
const DROPS = ['dropfunccache', 'dropquerycache'];

/** Whether a call means one of these. The core gives its own functions no id. */
export function isCacheDrop({func}: CallBody): boolean {
  return !func.id && func.namespace === 'core:' && DROPS.includes(func.name?.toLowerCase() ?? '');
}

/**
 * Drops the kept answers of the function that the call names. Whoever may run it may drop them, for everybody: a
 * guess about the platform.
 * @throws Refusal 403 when the caller may not run the function, 404 or 400 when none is named.
 */
export async function dropCache(options: CallStreamOptions, caller: Caller, {parameterValues}: CallBody):
Promise<void> {
  const spec = options.findFunction(idIn(parameterValues?.query));
  if (!spec)
    throw new Refusal(404, 'There is no such function whose answers are kept');
  await options.mayRun(caller, spec);
  options.cache?.drop(spec.id);
}

/** The argument arrives as the JSON text of an entity. */
function idIn(argument: unknown): string {
  try {
    const entity = typeof argument === 'string' ? JSON.parse(argument) : argument;
    if (typeof entity?.id === 'string')
      return entity.id;
  } catch {
    // Answered below.
  }
  throw new Refusal(400, 'A function is needed whose kept answers are to be dropped');
}
