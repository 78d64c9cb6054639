import {knownNames} from 'virtual:known-names';

/** Absence is an answer for these: the published classes test for them before they call. */
const mayBeAbsent = new Set(['grok_Widget_Get_AIDescription', 'grok_Widget_Set_AIDescription']);

/** Thrown when something asks for a part of the platform that this host does not have. */
export class NotProvided extends Error {
  constructor(readonly functionName: string) {
    super(`${functionName} is not provided by this host`);
  }
}

/**
 * Gives every function that the published classes may call, and that neither the core nor the host has, a stand-in
 * that fails with its name. So a gap is seen at the call, and never passes as an empty answer.
 */
export function installMissing(): void {
  for (const name of missingNames()) {
    const absent = (): never => {
      throw new NotProvided(name);
    };
    (window as any)[name] = Object.assign(absent, {providedBy: 'nobody'});
  }
}

/** Names that the published classes mention and nobody has defined so far. */
export function missingNames(): string[] {
  return knownNames.filter((name) => typeof (window as any)[name] !== 'function' && !mayBeAbsent.has(name));
}
