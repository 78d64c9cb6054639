import {requestOf, type UsageRequest} from '../src/core/request.ts';
import {rangeText} from '../src/core/range.ts';
import {askEventsActivity} from '../src/data/events.ts';
import {askFunctions} from '../src/data/functions.ts';
import {askActivity, askTotals} from '../src/data/overview.ts';
import {askPackages, askUnusedPackages} from '../src/data/packages.ts';
import type {Question, Tab} from './tabs.ts';

type Ask = (request: UsageRequest, signal: AbortSignal) => Promise<unknown>;

/** What each tab of this package asks when it is opened, by the package's own data layer. */
const ASKED: Record<Tab, Ask[]> = {
  Overview: [askTotals, askActivity],
  Packages: [askPackages, askUnusedPackages],
  Functions: [askFunctions],
  Events: [(request, signal) => askEventsActivity({request, counting: undefined}, signal)],
};

/** Asks as the tab would, everything at once. Settles when the last frame is there, ready to be drawn. */
export async function askOurs({tab, from, to, groups, packages}: Question): Promise<void> {
  const request = requestOf(rangeText({from, to}, 'UTC'), 'UTC', Date.now(), {groups, packages});
  const {signal} = new AbortController();
  await Promise.all(ASKED[tab].map((ask) => ask(request, signal)));
}
