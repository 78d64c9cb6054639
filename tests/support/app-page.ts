import type {Page} from 'puppeteer';

/** Waits until every panel of the shown tab has an answer (or a failure), and nothing is being asked. */
export async function settled(page: Page, panels = 1, timeout = 30_000): Promise<void> {
  await page.waitForFunction((least) => {
    const shown = [...document.querySelectorAll<HTMLElement>('.ua-panel')].filter((p) => p.offsetParent != null);
    return shown.length >= least && shown.every((p) => ['ready', 'empty', 'failed'].includes(p.dataset.state ?? ''));
  }, {timeout}, panels);
  // Viewers paint in the next animation frames.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** Goes to another address of the app that is open, as back and forward do; nothing is loaded anew. */
export async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate'));
  }, address);
}

/** Waits until what is done next is a step of its own in the history: changes of filters within a second are one. */
export const ownStep = (): Promise<void> => new Promise((done) => setTimeout(done, 1100));

/** Numbers on the cards: shown value and the one of the previous period. */
export function cards(page: Page): Promise<Record<string, {value: number, previous: number}>> {
  return page.evaluate(() => Object.fromEntries([...document.querySelectorAll<HTMLElement>('.ua-card')].map((card) =>
    [card.dataset.metric, {value: Number(card.dataset.value), previous: Number(card.dataset.previous)}])));
}

/** State of each panel by its title. */
export function panelStates(page: Page): Promise<Record<string, string>> {
  return page.evaluate(() => Object.fromEntries([...document.querySelectorAll<HTMLElement>('.ua-panel')]
    .filter((p) => p.offsetParent != null)
    .map((p) => [p.getAttribute('aria-label'), p.dataset.state])));
}

/** Root selector of the viewer in the panel of that title. */
export function viewerIn(title: string): string {
  return `.ua-panel[aria-label="${title}"] .d4-viewer`;
}
