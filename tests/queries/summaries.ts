import {readFileSync} from 'node:fs';
import type pg from 'pg';
import {chunksOf} from '../../src/core/summary/chunks.ts';
import type {Cube, SummaryRequest} from '../../src/core/summary/cube.ts';
import {readDimensions, readFunctions} from '../../src/core/summary/dimensions.ts';
import {overviewActivity} from '../../src/core/summary/overview.ts';
import {functionPoints, levelPoints, packagePoints} from '../../src/core/summary/points.ts';
import {readRolled, type Rolled} from '../../src/core/summary/rolled.ts';
import {Dictionary, readSlice, type Slice} from '../../src/core/summary/slice.ts';
import type {MadeTable, RawTable} from '../../src/core/summary/table.ts';
import type {Unit} from '../../src/core/calendar.ts';
import type {Asker, Row} from './asked.ts';
import type {Asked} from './oracle.ts';
import {iso} from './requests.ts';

/** Rows of an answer as the summaries read them. */
export function rawTable(rows: Row[]): RawTable {
  const texts = (name: string): {codes: number[]; names: string[]} => {
    const names = [...new Set(rows.map((row) => row[name] as string | null ?? ''))];
    const places = new Map(names.map((text, place) => [text, place]));
    return {codes: rows.map((row) => places.get(row[name] ?? '')!), names};
  };
  return {rows: rows.length, texts, numbers: (name) => rows.map((row) => row[name] as number)};
}

/** Rows of a table that the summaries made. */
export function rowsOf(table: MadeTable): Row[] {
  return Array.from({length: table.rows}, (_, row) => Object.fromEntries(table.columns.map((column) => [column.name,
    column.type === 'text' ? column.names[column.codes[row]] || null :
      column.type === 'int' ? column.values[row] : column.instants[column.places[row]]])));
}

/** Whether a request has no filter but those which summaries can answer. */
export function fits(asked: Asked): boolean {
  return [asked.entities, asked.types, asked.cells].every((list) => list === undefined || list.length === 0);
}

export function summaryRequest(asked: Asked, unit: Unit, zone: string): SummaryRequest {
  const {from, to, groups = [], users = [], packages = [], categories = [], sources = [], functions = [], tags = [],
    service = false} = asked;
  return {from, to, unit, zone, groups, users, packages, categories, sources, functions, tags, service,
    measure: (asked.measure || undefined) as SummaryRequest['measure']};
}

/** Answers of one log by summaries, in chunks as at some instant; every chunk is asked once. */
export class Summaries {
  readonly dictionary = new Dictionary();
  private readonly slices = new Map<string, Slice>();

  /** @param rolled what roll-ups hold answers, the rest is counted. */
  constructor(private readonly asker: Asker, private readonly now: number, private readonly rolled?: Rolled | null) {}

  /** How many of the pieces roll-ups gave. */
  rolledPieces = 0;

  async cube(asked: Asked, detail: string, unit: Unit, zone: string): Promise<Cube> {
    const slices: Slice[] = [];
    const chunks = chunksOf(asked, unit, zone, this.now)
      .flatMap((chunk) => this.rolled?.cut(chunk, unit) ?? [{...chunk, version: null}]);
    for (const {from, to, closed, version} of chunks) {
      const values = {from: iso(from), to: iso(to), detail, unit, zone, ...(version == null ? {} : {version})};
      const key = JSON.stringify(values);
      const query = version != null ? 'RolledSummary' : closed ? 'UsageSummary' : 'UsageSummaryLive';
      if (!this.slices.has(key)) {
        this.rolledPieces += version != null ? 1 : 0;
        this.slices.set(key, readSlice(rawTable(await this.asker.ask(query, values)), {from, to, unit, zone},
          this.dictionary));
      }
      slices.push(this.slices.get(key)!);
    }
    return {dictionary: this.dictionary, slices,
      dimensions: readDimensions(rawTable(await this.asker.ask('UsageDimensions'))),
      functions: detail === 'functions' ? readFunctions(rawTable(await this.asker.ask('FunctionDimensions'))) : null};
  }
}

/** Tables that must equal the answer of a query. */
export const TABLES = [
  {query: 'OverviewActivity', detail: 'packages', made: overviewActivity, limit: 'maxRows'},
  {query: 'PackagesActivity', detail: 'packages', made: packagePoints, limit: 'maxPoints'},
  {query: 'FunctionsActivity', detail: 'functions', made: functionPoints, limit: 'maxPoints'},
  {query: 'EventsActivity', detail: 'levels', made: levelPoints, limit: 'maxPoints'},
  {query: 'EventsActivity', detail: 'packages', made: levelPoints, limit: 'maxPoints'},
] as const;

/** What roll-ups hold. */
export const readRolledDays = async (asker: Asker): Promise<Rolled | null> =>
  readRolled(rawTable(await asker.ask('RolledDays')));

/** One order for rows that are the same: labels are compared, what orders them is not. */
export function sorted(rows: Row[]): string[] {
  return rows.map((row) => JSON.stringify(Object.entries(row).sort(([a], [b]) => a < b ? -1 : 1))).sort();
}

/** What a detail does not tell apart cannot be filtered by. */
export function filtered(asked: Asked, detail: string): Asked {
  return {...asked, ...(detail === 'functions' ? {} : {functions: [], tags: []}),
    ...(detail === 'levels' ? {packages: [], categories: []} : {})};
}

/** As an administrator of the database does. */
export async function installRollups(client: pg.Client): Promise<void> {
  await client.query(readFileSync(new URL('../../files/rollups/install.sql', import.meta.url), 'utf8'));
}
