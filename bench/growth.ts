import type {Cell} from './measure.ts';
import {loglog, type Line} from './chart.ts';
import type {RolledCell} from './rollups.ts';

/** What a year costs at one size of the log: all four tabs together. */
export interface GrowthPoint {
  events: number;
  /** Milliseconds, by line of the chart. */
  cost: Record<string, number>;
}

const COLOURS: Record<string, string> = {'Peer, warm': '#c0392b', 'Ours, nobody asked before': '#2471a3',
  'Ours, with roll-ups': '#8e44ad', 'Ours, somebody asked before': '#1e8449', 'count(*) of the year': '#7f8c8d'};

/** Sums the tabs of one log's year. */
export function growthPoint(cells: Cell[], rolled: {cells: RolledCell[]}): GrowthPoint {
  const sum = (of: (cell: Cell) => number): number => cells.reduce((total, cell) => total + of(cell), 0);
  return {events: cells[0].events, cost: {
    'Peer, warm': sum(({peer}) => peer.warm.ms), 'Ours, nobody asked before': sum(({ours}) => ours.first.ms),
    'Ours, with roll-ups': rolled.cells.reduce((total, {first}) => total + first, 0),
    'Ours, somebody asked before': sum(({ours}) => ours.others.ms), 'count(*) of the year': cells[0].floor}};
}

export function growthTable(points: GrowthPoint[]): string {
  const names = Object.keys(COLOURS);
  // All but the floor.
  const [peer, ...others] = names.slice(0, -1);
  return ['| Events of the year | ' + names.map((name) => `${name}, s`).join(' | ') + ' | ' +
      others.map((name) => `Peer / ${name.toLowerCase()}`).join(' | ') + ' |',
  `|${' ---: |'.repeat(names.length + others.length + 1)}`,
  ...points.map(({events, cost}) => `| ${[events.toLocaleString('en'), ...names.map((name) => (cost[name] / 1000).toFixed(2)),
    ...others.map((name) => (cost[peer] / cost[name]).toFixed(1))].join(' | ')} |`)].join('\n');
}

export function growthChart(points: GrowthPoint[]): string {
  const lines = Object.entries(COLOURS).map(([name, colour]): Line => ({name, colour,
    points: points.map(({events, cost}) => [events, cost[name] / 1000])}));
  return loglog(lines, {title: 'A year on all four tabs, by events of the year', x: 'events', y: 'seconds'});
}
