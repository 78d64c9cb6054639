/** What each number means, in words fit for a tooltip. `docs/metrics.md` says the same at length. */
export interface Definition {
  /** Column of the totals query. */
  readonly id: MetricId;
  readonly label: string;
  readonly definition: string;
  /** Filters on screen that do not apply to this number, and what to say about it. */
  readonly notFiltered?: {
    readonly packages?: string;
    /** What narrows events further: functions, tags, log levels, event types, an exact selection. */
    readonly events?: string;
  };
  /** Whether more is better, worse, or neither: decides the colour of a change. */
  readonly good: 'up' | 'down' | 'neither';
}

export type MetricId = 'active_users' | 'new_users' | 'sessions' | 'runs' | 'events' | 'errors';

const PEOPLE = 'Service and system accounts and package tests are left out unless the switch includes them.';

/** The cards of Overview, in order. */
export const DEFINITIONS: readonly Definition[] = [{
  id: 'active_users',
  label: 'Active users',
  definition: `People with at least one event in the range. Each counts once, whatever they did. ${PEOPLE}`,
  good: 'up',
}, {
  id: 'new_users',
  label: 'New users',
  definition: 'People whose accounts were created in the range, whether or not they did anything since.',
  notFiltered: {
    packages: 'The package filter does not apply: an account belongs to no package.',
    events: 'Filters by function, source, type and points do not apply: an account is no event.',
  },
  good: 'up',
}, {
  id: 'sessions',
  label: 'Sessions',
  definition: `Log-in sessions with at least one event in the range. One may last for days. ${PEOPLE}`,
  good: 'up',
}, {
  id: 'runs',
  label: 'Function runs',
  definition: 'Logged runs of functions, queries and scripts by people. Calls saved with inputs and outputs are ' +
    'another, smaller set.',
  good: 'up',
}, {
  id: 'events',
  label: 'Events',
  definition: `Records of the log in sessions of people; each counts once and for one package. ${PEOPLE}`,
  good: 'neither',
}, {
  id: 'errors',
  label: 'Errors',
  definition: 'Records of level error, without those an administrator marked as no error. Errors of the server ' +
    'outside any session count too, as long as no group or user is chosen.',
  good: 'down',
}];

export function definitionOf(id: MetricId): Definition {
  return DEFINITIONS.find((definition) => definition.id === id)!;
}
