import pg from 'pg';
import {BenchHost, type Measured} from './host.ts';
import {median} from './numbers.ts';
import type {Question, Tab} from './tabs.ts';

/** Narrowings of a range. */
export const FILTERS = ['none', 'group', 'package'] as const;
export type Filter = typeof FILTERS[number];

/**
 * One tab, range and filter. Milliseconds from asking until every table is in the client; rows and bytes are those
 * that the server sent.
 *
 * `first`: nothing was asked before. `others`: somebody else asked for the range before, without filters, and this
 * client was just opened. `again`: this client asks the same once more. `changed`: this client shows the range under
 * another filter and changes to this one.
 */
export interface Cell {
  tab: Tab;
  days: number;
  filter: Filter;
  /** `count(*)` of the events of the range: what reading them once costs. */
  floor: number;
  /** Events in the range. */
  events: number;
  ours: {first: Measured, others: Measured, again: Measured, changed: Measured};
  /**
   * The peer remembers nothing in the client, so that asking after others, or again, is the same: `warm`. `kept`: with
   * its answers kept by the platform until midnight, as its annotations ask for, and with them its first numbers of
   * the day; measured without a filter only.
   */
  peer: {first: Measured, warm: Measured, kept?: Measured};
}

export interface MeasureOptions {
  databaseUrl: string;
  /** End of the log. */
  end: Date;
  days: number[];
  tabs: readonly Tab[];
  filters: readonly Filter[];
  /** Warm calls of which the median counts. */
  repeat: number;
  /** Leaves out the peer with kept answers. */
  withoutKept?: boolean;
  ourFolder: string;
  peerFolder: string;
  tell: (line: string) => void;
}

/** A call that takes longer is not repeated. */
const PATIENCE_MS = 20_000;

const DAY = 86_400_000;

/** So many days up to the end of the day in which the log ends; epoch milliseconds. */
export function lastDays(end: Date, days: number): {from: number, to: number} {
  const to = Math.floor(end.getTime() / DAY) * DAY + DAY;
  return {from: to - days * DAY, to};
}

/** Measures both packages in turn, ours first, so that what the database keeps in memory serves the peer. */
export async function measure(options: MeasureOptions): Promise<Cell[]> {
  const {databaseUrl, ourFolder, peerFolder, tell} = options;
  const hosts = {ours: new BenchHost('ours', databaseUrl, ourFolder),
    peer: new BenchHost('peer', databaseUrl, peerFolder, {cacheBytes: 0}),
    keeping: new BenchHost('peer', databaseUrl, peerFolder)};
  const cells: Cell[] = [];
  const narrow = await narrowings(databaseUrl);
  try {
    for (const days of options.days) {
      const {from, to} = lastDays(options.end, days);
      const floor = await countEvents(databaseUrl, from, to);
      for (const tab of options.tabs) {
        const questions = options.filters.map((filter): [Filter, Question] =>
          [filter, {tab, from, to, groups: [], packages: [], ...narrow[filter]}]);
        const ours = await measureOurs(hosts.ours, questions, options.repeat);
        const peer = await measurePeer(hosts.peer, questions, options.repeat);
        if (questions[0][0] === 'none' && !options.withoutKept)
          peer[0].kept = await measureKept(hosts.keeping, questions[0][1], options.repeat);
        for (const [i, [filter]] of questions.entries()) {
          cells.push({tab, days, filter, floor: floor.ms, events: floor.events, ours: ours[i], peer: peer[i]});
          tell(`${days} days, ${tab}, filter ${filter}: ours first ${ms(ours[i].first)}, after others ${ms(ours[i].others)}, ` +
            `changed ${ms(ours[i].changed)}; peer first ${ms(peer[i].first)}, warm ${ms(peer[i].warm)}`);
        }
      }
    }
  } finally {
    for (const host of Object.values(hosts))
      await host.close();
  }
  return cells;
}

const ms = (measured: Measured): string => `${measured.ms.toFixed(0)} ms`;

/** The first of the questions is the one without a filter, which whoever asked before had asked. */
async function measureOurs(host: BenchHost, questions: [Filter, Question][], repeat: number): Promise<Cell['ours'][]> {
  const plain = {...questions[0][1], groups: [], packages: []};
  const firsts: Measured[] = [];
  for (const [, question] of [...questions.slice(1), questions[0]]) {
    await host.restart();
    firsts.push(await once(host, question));
  }
  firsts.unshift(firsts.pop()!);
  if (questions[0][0] !== 'none')
    await once(host, plain);
  const others: Measured[] = [];
  // Nobody has asked under a filter yet; what a tab needs then may not be kept.
  for (const [filter, question] of questions)
    others.push(await repeated(() => once(host, question), filter === 'none' ? repeat : 1));
  const client = await host.client();
  try {
    // Now on another filter than the first question's.
    await client.ask(questions.length > 1 ? questions.at(-1)![1] : {...plain, packages: ['Core']});
    const cells: Cell['ours'][] = [];
    for (const [i, [, question]] of questions.entries()) {
      const changed = await client.ask(question);
      const again = await repeated(() => client.ask(question), repeat);
      cells.push({first: firsts[i], others: others[i], changed, again});
    }
    return cells;
  } finally {
    await client.close();
  }
}

async function measurePeer(host: BenchHost, questions: [Filter, Question][], repeat: number): Promise<Cell['peer'][]> {
  await host.restart();
  const client = await host.client();
  try {
    const cells: Cell['peer'][] = [];
    for (const [, question] of questions) {
      const first = await client.ask(question);
      cells.push({first, warm: first.ms > PATIENCE_MS ? first : await repeated(() => client.ask(question), repeat)});
    }
    return cells;
  } finally {
    await client.close();
  }
}

/** The peer's question when its answers lie ready. */
async function measureKept(host: BenchHost, question: Question, repeat: number): Promise<Measured> {
  await host.restart();
  const client = await host.client();
  try {
    await client.ask(question);
    return await repeated(() => client.ask(question), repeat);
  } finally {
    await client.close();
    await host.close();
  }
}

/** A client that opens one tab and goes. */
export async function once(host: BenchHost, question: Question): Promise<Measured> {
  const client = await host.client();
  try {
    return await client.ask(question);
  } finally {
    await client.close();
  }
}

/** The same several times, one after the other; of the times the median. */
async function repeated(ask: () => Promise<Measured>, times: number): Promise<Measured> {
  const all: Measured[] = [];
  for (let i = 0; i < times; i++)
    all.push(await ask());
  return {...all.at(-1)!, ms: median(all.map((one) => one.ms))};
}

async function countEvents(databaseUrl: string, from: number, to: number): Promise<{ms: number, events: number}> {
  const client = new pg.Client({connectionString: databaseUrl});
  await client.connect();
  try {
    const times: number[] = [];
    let events = 0;
    for (let i = 0; i < 4; i++) {
      const started = performance.now();
      const {rows} = await client.query('select count(*)::int as n from events where event_time >= $1 and event_time < $2',
        [from, to].map((instant) => new Date(instant).toISOString().slice(0, -1)));
      times.push(performance.now() - started);
      events = rows[0].n;
    }
    return {ms: median(times.slice(1)), events};
  } finally {
    await client.end();
  }
}

/** A group with others nested in it, and a package that is much used, by what the database itself says. */
async function narrowings(databaseUrl: string): Promise<Record<Filter, Partial<Question>>> {
  const client = new pg.Client({connectionString: databaseUrl});
  await client.connect();
  try {
    const {rows: groups} = await client.query<{id: string}>(`select g.id from groups g
      join groups_relations up on up.parent_id = g.id join groups child on child.id = up.child_id and not child.personal
      join groups_relations down on down.parent_id = child.id
      where not g.personal group by g.id order by count(distinct down.child_id), g.id limit 1`);
    const {rows: packages} = await client.query<{name: string}>(`select p.name from event_parameter_values v
      join published_packages p on p.id = v.value_uuid
      where v.event_id in (select id from events order by event_time desc limit 20000)
      group by p.name order by count(*) desc, p.name limit 1`);
    return {none: {}, group: {groups: groups.map((row) => row.id)},
      package: {packages: packages.map((row) => row.name)}};
  } finally {
    await client.end();
  }
}

