import {goTo, settled} from '../tests/support/app-page.ts';
import {startHost, type TestHost} from '../tests/support/host.ts';
import {median} from './numbers.ts';
import {TABS, type Tab} from './tabs.ts';

/** From going to a tab until its panels have answers and their charts are painted, in milliseconds. */
export interface Opened {
  tab: Tab;
  days: number;
  /** The app was open on another tab and range, and nobody had asked. */
  first: number;
  /** A page that was just loaded, on a host where somebody asked before. */
  others: number;
}

/** Milliseconds from one frame to the next. */
export interface Frames {
  points: number;
  median: number;
  p95: number;
  longest: number;
}

export interface PageResult {
  opened: Opened[];
  frames: Frames;
}

/** Measures in a headless browser. The package must have been built. */
export async function measurePage(databaseUrl: string, days: number[], tell: (line: string) => void):
Promise<PageResult> {
  const opened: Opened[] = [];
  let frames: Frames | undefined;
  for (const range of days) {
    for (const tab of TABS) {
      // A host of its own: tabs share what was asked.
      const host = await startHost({databaseUrl, readOnly: true,
        limits: {timeLimitMs: 1_800_000, rowLimit: 1_000_000}});
      try {
        const [first, others] = [await openTab(host, tab, range), await openTab(host, tab, range)];
        opened.push({tab, days: range, first, others});
        tell(`${range} days, ${tab}: ${first.toFixed(0)} ms, after others ${others.toFixed(0)} ms`);
        frames ??= await framesOver(host, 50_000);
      } finally {
        await host.close();
      }
    }
  }
  return {opened, frames: frames!};
}

/** Opens the app on a day without events, so that it has asked for no others, and goes to a tab and range. */
async function openTab(host: TestHost, tab: Tab, days: number): Promise<number> {
  const elsewhere = TABS[(TABS.indexOf(tab) + 1) % TABS.length];
  const {page, close} = await host.openPage(`/apps/UsageAnalysis/${elsewhere}?zone=UTC&date=2001-01-01`);
  try {
    await settled(page, 1, 600_000);
    const started = performance.now();
    await goTo(page, `/apps/UsageAnalysis/${tab}?zone=UTC&date=${encodeURIComponent(`last ${days} days`)}`);
    await page.waitForFunction((name) => document.querySelector('.d4-tab-header.selected')?.textContent?.trim() === name,
      {}, tab);
    await settled(page, 1, 600_000);
    return performance.now() - started;
  } finally {
    await close();
  }
}

/** Moves the mouse over a scatter plot and watches the frames. */
async function framesOver(host: TestHost, points: number): Promise<Frames> {
  const {page, close} = await host.openPage('/');
  try {
    const box = await page.evaluate((n) => {
      const {grok, DG} = window as any;
      const random = (): Float32Array => Float32Array.from({length: n}, Math.random);
      const table = DG.DataFrame.fromColumns(['x', 'y', 'size'].map((name) => DG.Column.fromFloat32Array(name, random())));
      const view = grok.shell.addTableView(table);
      const plot = DG.Viewer.scatterPlot(table, {x: 'x', y: 'y', size: 'size', color: 'size'});
      view.addViewer(plot);
      return new Promise<{x: number, y: number, width: number, height: number}>((done) => setTimeout(() => {
        const {x, y, width, height} = plot.root.getBoundingClientRect();
        done({x, y, width, height});
      }, 3000));
    }, points);
    await page.evaluate(() => {
      const times: number[] = (window as any).frameTimes = [];
      let before = performance.now();
      const frame = (now: number): void => {
        times.push(now - before);
        before = now;
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    });
    for (let i = 0; i < 200; i++)
      await page.mouse.move(box.x + box.width * (0.2 + 0.012 * (i % 50)), box.y + box.height * (0.2 + 0.003 * i));
    const times = (await page.evaluate(() => (window as any).frameTimes as number[])).slice(1);
    times.sort((a, b) => a - b);
    return {points, median: median(times), p95: times[Math.floor(times.length * 0.95)], longest: times.at(-1)!};
  } finally {
    await close();
  }
}

export function pageTable({opened, frames}: PageResult): string {
  return ['| Tab | Days | To painted, nobody asked before, ms | After others, ms |', '| --- | ---: | ---: | ---: |',
    ...opened.map(({tab, days, first, others}) => `| ${tab} | ${days} | ${first.toFixed(0)} | ${others.toFixed(0)} |`), '',
    `Frames while the mouse moves over ${frames.points.toLocaleString('en')} points: median ${frames.median.toFixed(1)} ms, ` +
    `95 % within ${frames.p95.toFixed(1)} ms, longest ${frames.longest.toFixed(1)} ms.`, ''].join('\n');
}
