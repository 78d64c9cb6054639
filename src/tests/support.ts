import * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import {awaitCheck} from '@datagrok-libraries/test/src/test';

/** An instant so many days after the last midnight in UTC. */
function midnight(days: number): string {
  const today = new Date();
  return new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate() + days)).toISOString();
}

/** What all tests look at: four weeks that are over, for what the tests do is logged, too. */
export const range = (): {from: string, to: string} => ({from: midnight(-28), to: midnight(0)});

/** The same as the filter of dates takes it: both days included. */
const rangeText = (): string => `${midnight(-28).slice(0, 10)}..${midnight(-1).slice(0, 10)}`;

/** Asks one of the package's queries for the range. */
export const ask = (query: string, more: Record<string, unknown> = {}): Promise<DG.DataFrame> =>
  grok.data.query(`UsageAnalysis:${query}`, {...range(), zone: 'UTC', ...more});

const shownPanels = (): HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>('.ua-panel')].filter((panel) => panel.offsetParent != null);

/** Opens the app on a tab, and waits until each of its panels, at least so many, has an answer. */
export async function openTab(tab: string, panels: number, query = ''): Promise<DG.ViewBase> {
  const path = `/${tab}?date=${encodeURIComponent(rangeText())}&zone=UTC${query}`;
  const view: DG.ViewBase = await grok.functions.call('UsageAnalysis:usageAnalysisApp', {path});
  grok.shell.addView(view);
  await awaitCheck(() => {
    const shown = shownPanels();
    return shown.length >= panels &&
      shown.every((panel) => ['ready', 'empty', 'failed'].includes(panel.dataset.state ?? ''));
  }, `The tab ${tab} has no answer`, 20_000);
  return view;
}

/** Titles of the panels on screen that failed, with what they say. */
export const failures = (): string[] => shownPanels().filter((panel) => panel.dataset.state === 'failed')
  .map((panel) => `${panel.getAttribute('aria-label')}: ${panel.textContent}`);

/** The number on a card of Overview. */
export const card = (metric: string): number =>
  Number(document.querySelector<HTMLElement>(`.ua-card[data-metric="${metric}"]`)?.dataset.value);
