import type {Asker, Row} from './asked.ts';
import {Oracle, ZERO, type Asked} from './oracle.ts';
import {CATEGORIES, CENTRE, load, Random, randomLog, TAGS, type Tables} from './random-log.ts';

export const HOUR = 3_600_000;

/** Parameters as the package passes them: instants as ISO texts. */
export function values(asked: Asked, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {...asked, from: iso(asked.from), to: iso(asked.to), ...more};
}

export const iso = (instant: number): string => new Date(instant).toISOString();

export const sum = (rows: Row[], column: string): number => rows.reduce((total, row) => total + row[column], 0);

const ids = (tables: Tables, table: string): string[] => tables[table].map((row) => row.id as string);

/** Names of packages of the log, some of none. */
export function packageNames(tables: Tables): string[] {
  return ['Core', ...tables.packages.map((row) => row.name as string ?? row.id), 'no such'];
}

/** Ids of functions of the log, some of none. */
export function functionIds(tables: Tables): string[] {
  return [...ids(tables, 'funcs'), ids(tables, 'users')[0], ZERO];
}

function randomCell(random: Random, tables: Tables): string {
  const start = CENTRE + Math.round((random.next() - 0.6) * 50) * HOUR;
  const users = ids(tables, 'users');
  const person = random.of(['', '', '-', random.of(users), `!${random.some(users, 3).join(',')}`]);
  const end = start + random.of([1, 24, 400]) * HOUR;
  return [random.chance(0.8) ? iso(start) : '', random.chance(0.8) ? iso(end) : '', person,
    random.of(['', '', 'usage', 'error', 'unknown']), random.chance(0.7) ? '' : random.of(functionIds(tables)),
    random.chance(0.7) ? '' : random.of(packageNames(tables))].join('|');
}

/** A request with up to three of the filters, so that something is left to be counted. */
export function randomRequest(random: Random, tables: Tables): Asked {
  const from = CENTRE + Math.round((random.next() - 0.7) * 60) * HOUR;
  const list = (items: string[], most: number): string[] => [random.of(items), ...random.some(items, most - 1)];
  const all = {
    groups: list(ids(tables, 'groups'), 3),
    users: list(ids(tables, 'users'), 6),
    packages: list(packageNames(tables), 4),
    functions: list(functionIds(tables), 7),
    entities: list([...functionIds(tables), ...ids(tables, 'entities'), ...ids(tables, 'published_packages')], 6),
    sources: list(['usage', 'audit', 'error', 'warning', 'unknown'], 3),
    types: list([...ids(tables, 'event_types'), ZERO], 10),
    tags: list(TAGS, 3),
    categories: list([...CATEGORIES.map((text) => text ?? ''), 'none', 'Core'], 3),
    cells: Array.from({length: 1 + random.below(9)}, () => randomCell(random, tables)),
  };
  const chosen = random.some(Object.keys(all), 3);
  const filters = Object.fromEntries(Object.entries(all)
    .map(([key, value]) => [key, chosen.includes(key) ? value : []]));
  return {...filters as typeof all, from, to: from + random.of([1, 24, 25, 72, 300, 300, 800]) * HOUR,
    service: random.chance(0.3), measure: random.chance(0.1) ? random.of(['events', 'runs', 'errors', '']) : undefined};
}

/** Told the request, once the organisation with its log is loaded. */
export type Check = (oracle: Oracle, asked: Asked, random: Random, tables: Tables) => Promise<void>;

/**
 * Loads random logs one after the other and makes three random requests of each. Of every other log the database knows
 * how many values it has: queries then read all of these, where they otherwise look up those of each event.
 */
export async function eachLog(asker: Asker, logs: number, check: Check): Promise<void> {
  for (let seed = 1; seed <= logs; seed++) {
    const tables = randomLog(seed);
    await load(asker.client, tables);
    if (seed % 2 === 0)
      await asker.client.query('analyze event_parameter_values');
    const oracle = await Oracle.read(asker.client);
    const random = new Random(seed + 1000);
    for (let i = 0; i < 3; i++) {
      const asked = randomRequest(random, tables);
      try {
        await check(oracle, asked, random, tables);
      } catch (error) {
        (error as Error).message += `\nlog ${seed}, ${JSON.stringify(values(asked))}`;
        throw error;
      }
    }
  }
}
