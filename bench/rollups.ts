import pg from 'pg';
import {installRollups} from '../tests/queries/summaries.ts';
import {BenchHost} from './host.ts';
import {lastDays, once, type MeasureOptions} from './measure.ts';
import type {Tab} from './tabs.ts';

/** A tab without filters where roll-ups are installed; milliseconds. */
export interface RolledCell {
  tab: Tab;
  days: number;
  /** Nothing was asked before. */
  first: number;
  /** The platform had the answer already: what it costs to read it. */
  read: number;
}

/**
 * Installs roll-ups, counts everything, measures, and removes them again.
 * @returns how long counting took, milliseconds, and a cell for each range and tab.
 */
export async function measureRolled({databaseUrl, end, days, tabs, ourFolder, tell}: MeasureOptions):
  Promise<{building: number, cells: RolledCell[]}> {
  const client = new pg.Client({connectionString: databaseUrl});
  await client.connect();
  const host = new BenchHost('ours', databaseUrl, ourFolder);
  try {
    await installRollups(client);
    const started = performance.now();
    await client.query('call usage_rollups.refresh()');
    const building = performance.now() - started;
    const cells: RolledCell[] = [];
    for (const count of days) {
      for (const tab of tabs) {
        const question = {tab, ...lastDays(end, count), groups: [], packages: []};
        await host.restart();
        const cell = {tab, days: count, first: (await once(host, question)).ms, read: (await once(host, question)).ms};
        tell(`${count} days, ${tab}, roll-ups: first ${cell.first.toFixed(0)} ms, its answer read ${cell.read.toFixed(0)} ms`);
        cells.push(cell);
      }
    }
    return {building, cells};
  } finally {
    await host.close();
    await client.query('drop schema if exists usage_rollups cascade');
    await client.end();
  }
}

export function rolledTable({building, cells}: {building: number, cells: RolledCell[]}, title: string): string {
  return [`### ${title}`, '', `All days were counted in ${(building / 1000).toFixed(1)} s.`, '',
    '| Tab | Days | first, ms | its answer read, ms | Ratio |', '| --- | ---: | ---: | ---: | ---: |',
    ...cells.map(({tab, days, first, read}) =>
      `| ${tab} | ${days} | ${first.toFixed(0)} | ${read.toFixed(0)} | ${(first / read).toFixed(1)} |`)].join('\n');
}
