/** The four tabs that both packages have. */
export const TABS = ['Overview', 'Packages', 'Functions', 'Events'] as const;
export type Tab = typeof TABS[number];

/** What is asked: whole days in UTC, half-open, narrowed or not. */
export interface Question {
  tab: Tab;
  /** Epoch milliseconds at midnight. */
  from: number;
  to: number;
  /** Ids of groups. */
  groups: string[];
  /** Names of packages. */
  packages: string[];
}

/** All users, by whom the peer means everybody. */
const EVERYBODY = 'a4b45840-9a50-11e6-9cc9-8546b8bf62e6';

/** The queries that the peer's tabs ask when they are opened, with the inputs they pass. */
const PEER_QUERIES: Record<Tab, Record<string, string[]>> = {
  Overview: {
    UniqueUsersOverview: ['groups', 'packages'], PackagesUsageOverview: ['groups', 'packages'],
    UniqueUsersCount: ['groups', 'packages'], NewUsersCount: ['groups'], SessionsCount: ['groups'],
    ConnectionsCount: ['groups', 'packages'], QueriesCount: ['groups', 'packages'],
  },
  Packages: {PackagesUsage: ['groups', 'packages', 'packagesCategories']},
  Functions: {FunctionsUsage: ['groups', 'packages', 'tags']},
  Events: {EventsSources: [], EventsUsersSources: ['groups']},
};

/** The peer's calls for a question: names of queries with their parameters. */
export function peerCalls({tab, from, to, groups, packages}: Question): [string, Record<string, unknown>][] {
  const day = (instant: number): string => {
    const date = new Date(instant);
    return `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`;
  };
  const inputs: Record<string, string[]> = {groups: groups.length > 0 ? groups : [EVERYBODY],
    packages: packages.length > 0 ? packages : ['all'], packagesCategories: ['any'], tags: ['any']};
  return Object.entries(PEER_QUERIES[tab]).map(([name, taken]) =>
    [name, {date: `${day(from)}-${day(to)}`, ...Object.fromEntries(taken.map((input) => [input, inputs[input]]))}]);
}
