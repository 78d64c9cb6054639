import {DAY, type Unit} from '../../core/calendar';
import {chunksOf, GRACE_DAYS, type Chunk} from '../../core/summary/chunks';
import type {Cube} from '../../core/summary/cube';
import {readDimensions, readFunctions} from '../../core/summary/dimensions';
import type {Rolled, RolledChunk} from '../../core/summary/rolled';
import {Dictionary, readSlice, type Cut, type Slice} from '../../core/summary/slice';
import type {RawTable} from '../../core/summary/table';
import {Gate, Shared} from './shared';

/** What slices tell apart; see the query `UsageSummary`. */
export type Detail = 'levels' | 'packages' | 'functions';

/** Asks the platform. */
export type AskTable = (query: string, parameters: Record<string, unknown>, signal: AbortSignal) => Promise<RawTable>;

/** How to count. */
export interface Hints {
  /** Which days are rolled up; null where roll-ups are not installed. */
  readonly rolled: Rolled | null;
  /** Events of an average day, roughly; 0 when it is not known. */
  readonly eventsPerDay: number;
  /** Before this instant, epoch milliseconds, the log has no event, so that nobody need ask. */
  readonly firstEvent: number;
}

/** Nothing is known. */
export const NO_HINTS: Hints = {rolled: null, eventsPerDay: 0, firstEvent: -Infinity};

/** Never fails but by `Cancelled`: whatever it cannot find out is not known. */
export type AskHints = (signal: AbortSignal) => Promise<Hints>;

/** The platform cut an answer at its row limit: sums of it would be wrong. */
export class CutAnswer extends Error {}

/** A cube with its age. Instants are epoch milliseconds. */
export interface AgedCube {
  readonly cube: Cube;
  /** When the youngest events in it were asked for. */
  readonly asOf: number;
  /** End of the days that were counted at some earlier time and kept since; null when there are none. */
  readonly keptUntil: number | null;
  /** End of what roll-ups gave; null when they gave nothing. */
  readonly rolledUntil: number | null;
}

/** What may change is asked anew when it is older than this, milliseconds. */
const LIVE_FOR = 5 * 60_000;

/** Answers are forgotten, those first that were needed longest ago, when they have more rows than this together. */
const MOST_ROWS = 4_000_000;

/** How answers are packed. Whoever changes it gives it another name: what was kept before is then not read. */
export const PACKING = 'kinds before packages';

/** Fewer open events than this may be one piece. */
const FEW_EVENTS = 100_000;

/** Ranges of this length, milliseconds, have enough to read besides what is open. */
const LONG = 62 * DAY;

/** More requests than this at once would take the database from others; of large ones half as many do. */
const AT_ONCE = 4;

/** So many events make a request a large one: it keeps a core and its cache busy for a second. */
const MANY_EVENTS = 250_000;

/** As long as it is not known how many events there are, more days than this make it a large one. */
const MANY_DAYS = 31;

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
  /** What was last known of how to count. */
  private lastHints = NO_HINTS;
  /** Part of the key under which the platform keeps answers: Refresh changes it. */
  private fresh = PACKING;

  /** @param askHints roll-ups are used where it finds some; never when it is left out. */
  constructor(private readonly ask: AskTable, private readonly now: () => number = Date.now,
    private readonly askHints?: AskHints) {}

  /**
   * Everything about a range that answers with this detail are made of.
   * @param width how wide the buckets are counted, when not as wide as the range's own.
   * @throws Cancelled when the signal aborts, CutAnswer when there are too many rows, and what a query throws.
   */
  async cube(cut: Cut, detail: Detail, signal: AbortSignal, width: Unit = cut.unit): Promise<AgedCube> {
    // Names need not wait until it is known how to count.
    const names = this.entry('names', (inner) => this.ask('UsageDimensions', {}, inner).then(readDimensions));
    const functions = detail !== 'functions' ? null :
      this.entry('functions', (inner) => this.ask('FunctionDimensions', {}, inner).then(readFunctions));
    const isKnown = this.young('hints', false) != null;
    const hints = this.knownHints();
    const early = isKnown ? null : this.askEarly(cut, detail, width);
    // What was asked early ends only when nobody has joined it by the end of this turn.
    this.lastHints = await hints.work.join(signal).finally(() => early?.abort());
    const {rolled, firstEvent} = this.lastHints;
    const {dictionary} = this;
    const chunks = this.chunksOf(cut, width, detail)
      .flatMap((chunk): RolledChunk[] => rolled?.cut(chunk, width) ?? [{...chunk, version: null}]);
    const asked = new Map(inTurn(chunks).map((chunk) =>
      [chunk, this.slice({...chunk, unit: width, zone: cut.zone}, detail, dictionary)]));
    const slices = chunks.map((chunk) => asked.get(chunk)!);
    const parts = await allOrNone(signal, (inner) => [names.work.join(inner), functions?.work.join(inner) ?? null,
      Promise.all(slices.map(({work}) => work.join(inner)))] as const);
    this.forget();
    const live = slices.filter((_, i) => !chunks[i].closed);
    const lastOf = (which: (chunk: RolledChunk) => boolean): number | null => chunks.filter(which).at(-1)?.to ?? null;
    return {cube: {dictionary, dimensions: parts[0], functions: parts[1], slices: parts[2]},
      asOf: Math.min(names.asked, ...cut.from < firstEvent ? [hints.asked] : [], ...live.map(({asked}) => asked)),
      keptUntil: lastOf(({closed, version}) => closed && version == null),
      rolledUntil: lastOf(({version}) => version != null)};
  }

  /**
   * Asks while it is not yet known how to count, unless there were roll-ups: for what is open, which is needed in any
   * case, and for what is closed as it is cut in most logs. What nobody has joined when the signal aborts is given up.
   */
  private askEarly(cut: Cut, detail: Detail, width: Unit): AbortController | null {
    const {rolled, eventsPerDay} = this.lastHints;
    if (this.askHints == null || rolled != null)
      return null;
    const control = new AbortController();
    const chunks = this.chunksOf(cut, width, detail);
    // How wide buckets are cut depends much on how many events there are.
    const isGuessed = eventsPerDay > 0 || width === 'day' || width === 'week';
    for (const chunk of inTurn(isGuessed ? chunks : chunks.filter(({closed}) => !closed)))
      this.slice({...chunk, version: null, unit: width, zone: cut.zone}, detail, this.dictionary).work
        .join(control.signal).catch(() => {});
    return control;
  }

  /**
   * The pieces that may have events, by what was last known of the log. Few events that are open are one piece where a
   * second call costs more than it saves: in long ranges, of which there is enough else to read meanwhile, and for log
   * levels, which are counted fast.
   */
  private chunksOf(cut: Cut, width: Unit, detail: Detail): Chunk[] {
    const {eventsPerDay, firstEvent} = this.lastHints;
    const by = (openAsOne: boolean): Chunk[] => chunksOf(cut, width, cut.zone, this.now(),
      {eventsPerDay, openAsOne}).filter(({to}) => to > firstEvent);
    const pieces = by(false);
    const isLight = eventsPerDay * (GRACE_DAYS + 1) < FEW_EVENTS;
    if (!isLight || (detail !== 'levels' && cut.to - cut.from < LONG))
      return pieces;
    const areKnown = detail === 'levels' && pieces.some((chunk) =>
      !chunk.closed && this.isKnown({...chunk, version: null}, width, cut.zone));
    return areKnown ? pieces : by(true);
  }

  /** How this store counts. @throws Cancelled when the signal aborts. */
  hints(signal: AbortSignal): Promise<Hints> {
    return this.knownHints().work.join(signal);
  }

  private knownHints(): Entry<Hints> {
    return this.entry('hints', this.askHints ?? (() => Promise.resolve(NO_HINTS)));
  }

  /** Counts everything anew, also what the platform keeps. */
  refresh(): void {
    this.fresh = `${PACKING} ${this.now()}`;
    this.clear();
  }

  /** Reads names anew, as when they were hidden or shown. */
  forgetNames(): void {
    this.entries.delete('names');
    this.entries.delete('functions');
  }

  /** Forgets everything. */
  clear(): void {
    this.entries.clear();
    this.dictionary = new Dictionary();
  }

  private slice(chunk: RolledChunk & Cut, detail: Detail, dictionary: Dictionary): Entry<Slice> {
    const {unit, zone, closed, version} = chunk;
    const name = detail === 'levels' && this.isKnown(chunk, unit, zone) ? 'packages' : detail;
    const parameters = {from: new Date(chunk.from).toISOString(), to: new Date(chunk.to).toISOString(), detail: name,
      unit, zone, ...(version != null ? {version: `${version} ${PACKING}`} : closed ? {fresh: this.fresh} : {})};
    return this.entry(keyOf(chunk, name, unit, zone), async (signal) => {
      const query = version != null ? 'RolledSummary' : closed ? 'UsageSummary' : 'UsageSummaryLive';
      const table = await this.gate.run(() => this.ask(query, parameters, signal), signal, this.isLarge(chunk) ? 2 : 1);
      return readSlice(table, chunk, dictionary);
    }, closed);
  }

  private isLarge({from, to}: Chunk): boolean {
    const {eventsPerDay} = this.lastHints;
    const days = (to - from) / DAY;
    return eventsPerDay > 0 ? days * eventsPerDay > MANY_EVENTS : days > MANY_DAYS;
  }

  /** What is told apart by package tells levels too. */
  private isKnown(chunk: RolledChunk, unit: Unit, zone: string): boolean {
    return this.young(keyOf(chunk, 'packages', unit, zone), chunk.closed) != null;
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
        entry.rows = sizeOf(value);
        return value;
      } catch (e) {
        // What failed is asked again by whoever needs it next; what is too large stays so.
        if (this.entries.get(key) === entry && !(e instanceof CutAnswer))
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

/**
 * Which pieces are asked for first: what is open, for no platform has kept it, then the longest, so that none of these
 * is left for the end.
 */
function inTurn<T extends Chunk>(chunks: readonly T[]): T[] {
  const length = ({from, to, closed}: T): number => closed ? to - from : Infinity;
  return [...chunks].sort((a, b) => length(a) === length(b) ? a.from - b.from : length(b) - length(a));
}

function keyOf({from, to, version}: RolledChunk, detail: Detail, unit: Unit, zone: string): string {
  return JSON.stringify([detail, from, to, unit, zone, version]);
}

/** Rows that something holds, where it is large. */
function sizeOf(value: unknown): number {
  const {rows = 0, visits} = (value ?? {}) as Partial<Slice>;
  return rows + (visits?.rows ?? 0);
}

/** Waits for all; when one fails, the others are left alone, so that what nobody needs ends. */
async function allOrNone<T extends readonly unknown[]>(signal: AbortSignal, start: (inner: AbortSignal) => T):
  Promise<{-readonly [P in keyof T]: Awaited<T[P]>}> {
  const control = new AbortController();
  const leave = (): void => control.abort();
  signal.addEventListener('abort', leave, {once: true});
  if (signal.aborted)
    leave();
  try {
    return await Promise.all(start(control.signal));
  } catch (e) {
    leave();
    throw e;
  } finally {
    signal.removeEventListener('abort', leave);
  }
}
