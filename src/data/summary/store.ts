import {chunksOf, type Chunk} from '../../core/summary/chunks';
import type {Cube} from '../../core/summary/cube';
import {readDimensions, readFunctions} from '../../core/summary/dimensions';
import {Dictionary, readSlice, type Cut, type Slice} from '../../core/summary/slice';
import type {RawTable} from '../../core/summary/table';
import {Gate, Shared} from './shared';

/** What slices tell apart; see the query `UsageSummary`. */
export type Detail = 'levels' | 'packages' | 'functions';

/** Asks the platform. */
export type AskTable = (query: string, parameters: Record<string, unknown>, signal: AbortSignal) => Promise<RawTable>;

/** A cube with its age. Instants are epoch milliseconds. */
export interface AgedCube {
  readonly cube: Cube;
  /** When the youngest events in it were asked for. */
  readonly asOf: number;
  /** End of the days that were counted at some earlier time and kept since; null when there are none. */
  readonly keptUntil: number | null;
}

/** What may change is asked anew when it is older than this, milliseconds. */
const LIVE_FOR = 5 * 60_000;

/** Answers are forgotten, those first that were needed longest ago, when they have more rows than this together. */
const MOST_ROWS = 4_000_000;

/** More requests than this at once would take the database from others. */
const AT_ONCE = 3;

interface Entry<T> {
  readonly work: Shared<T>;
  readonly asked: number;
  rows: number;
}

/**
 * Summaries that this page holds: asked once per chunk, shared by the tabs, filtered in memory. Closed chunks are kept
 * until Refresh or the end of the app, open ones and names for some minutes.
 */
export class SummaryStore {
  private dictionary = new Dictionary();
  private readonly entries = new Map<string, Entry<unknown>>();
  private readonly gate = new Gate(AT_ONCE);
  /** Part of the key under which the platform keeps answers: Refresh changes it. */
  private fresh: string | null = null;

  constructor(private readonly ask: AskTable, private readonly now: () => number = Date.now) {}

  /**
   * Everything about a range that answers with this detail are made of.
   * @throws Cancelled when the signal aborts, and what a query throws.
   */
  async cube(cut: Cut, detail: Detail, signal: AbortSignal): Promise<AgedCube> {
    const {dictionary} = this;
    const chunks = chunksOf(cut, cut.unit, cut.zone, this.now());
    const slices = chunks.map((chunk) => this.slice(chunk, cut, detail, dictionary));
    const names = this.entry('names', (inner) => this.ask('UsageDimensions', {}, inner).then(readDimensions));
    const functions = detail !== 'functions' ? null :
      this.entry('functions', (inner) => this.ask('FunctionDimensions', {}, inner).then(readFunctions));
    const cube = {dictionary, slices: await Promise.all(slices.map(({work}) => work.join(signal))),
      dimensions: await names.work.join(signal), functions: await functions?.work.join(signal) ?? null};
    this.forget();
    const live = slices.filter((_, i) => !chunks[i].closed);
    const kept = chunks.filter(({closed}) => closed).at(-1);
    return {cube, asOf: Math.min(names.asked, ...live.map(({asked}) => asked)), keptUntil: kept?.to ?? null};
  }

  /** Counts everything anew, also what the platform keeps. */
  refresh(): void {
    this.fresh = String(this.now());
    this.clear();
  }

  /** Forgets everything. */
  clear(): void {
    this.entries.clear();
    this.dictionary = new Dictionary();
  }

  private slice(chunk: Chunk, cut: Cut, detail: Detail, dictionary: Dictionary): Entry<Slice> {
    const {unit, zone} = cut;
    const key = (one: Detail): string => JSON.stringify([one, chunk.from, chunk.to, unit, zone]);
    // What is told apart by package tells levels too.
    const name = detail === 'levels' && this.young(key('packages'), chunk.closed) != null ? 'packages' : detail;
    const parameters = {from: new Date(chunk.from).toISOString(), to: new Date(chunk.to).toISOString(), detail: name,
      unit, zone, ...(chunk.closed && this.fresh != null ? {fresh: this.fresh} : {})};
    const query = chunk.closed ? 'UsageSummary' : 'UsageSummaryLive';
    return this.entry(key(name), async (signal) => {
      const table = await this.gate.run(() => this.ask(query, parameters, signal), signal);
      return readSlice(table, {...chunk, unit, zone}, dictionary);
    }, chunk.closed);
  }

  private young(key: string, isKept: boolean): Entry<unknown> | null {
    const entry = this.entries.get(key);
    return entry == null || entry.work.isAbandoned || (!isKept && this.now() - entry.asked > LIVE_FOR) ? null : entry;
  }

  private entry<T>(key: string, work: (signal: AbortSignal) => Promise<T>, isKept = false): Entry<T> {
    const found = this.young(key, isKept) as Entry<T> | null;
    // The one used last comes last.
    this.entries.delete(key);
    const entry: Entry<T> = found ?? {asked: this.now(), rows: 0, work: new Shared(async (signal) => {
      try {
        const value = await work(signal);
        entry.rows = (value as {rows?: number}).rows ?? 0;
        return value;
      } catch (e) {
        // What failed is asked again by whoever needs it next.
        if (this.entries.get(key) === entry)
          this.entries.delete(key);
        throw e;
      }
    })};
    this.entries.set(key, entry);
    return entry;
  }

  private forget(): void {
    let rows = [...this.entries.values()].reduce((sum, entry) => sum + entry.rows, 0);
    for (const [key, entry] of this.entries) {
      if (rows <= MOST_ROWS)
        return;
      rows -= entry.rows;
      this.entries.delete(key);
    }
  }
}
