import {openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction} from 'idb';

/** What is known of a kept answer without reading it. */
export interface Entry {
  /** Equal for questions with one answer. */
  key: string;
  /** Whose answers are dropped together: the function. */
  group: string;
  /** Bytes. */
  size: number;
  /** When the answer becomes void, epoch milliseconds; infinity: never. */
  expires: number;
  /** When it was last asked for, epoch milliseconds. */
  used: number;
}

interface Schema extends DBSchema {
  entries: {key: string, value: Entry, indexes: {group: string}};
  answers: {key: string, value: unknown};
}

type Change = IDBPTransaction<Schema, ('entries' | 'answers')[], 'readwrite'>;

const STORES: ('entries' | 'answers')[] = ['entries', 'answers'];

/**
 * Answers that this browser keeps, in IndexedDB, bounded in bytes; the one that was not asked for the longest goes
 * first. Pages of one browser share them.
 */
export class AnswerStore {
  private constructor(private readonly database: IDBPDatabase<Schema>, private readonly limit: number) {}

  /** @param limit bytes of all answers. @throws when the browser keeps nothing, as in some private windows. */
  static async open(name: string, limit: number): Promise<AnswerStore> {
    return new AnswerStore(await openDB<Schema>(name, 1, {upgrade(database) {
      database.createObjectStore('entries', {keyPath: 'key'}).createIndex('group', 'group');
      database.createObjectStore('answers');
    }}), limit);
  }

  /** The answer, or undefined when there is none that is valid at `now` (epoch milliseconds). */
  async get(key: string, now: number): Promise<unknown> {
    const change = this.change();
    const entry = await change.objectStore('entries').get(key);
    if (entry == null || entry.expires <= now) {
      if (entry != null)
        this.remove(change, key);
      await change.done;
      return undefined;
    }
    const answer = await change.objectStore('answers').get(key);
    void change.objectStore('entries').put({...entry, used: now});
    await change.done;
    return answer;
  }

  /** Keeps an answer, unless it is larger than everything may be, and makes room for it. */
  async put(entry: Entry, answer: unknown): Promise<void> {
    if (entry.size > this.limit)
      return;
    const change = this.change();
    void change.objectStore('entries').put(entry);
    void change.objectStore('answers').put(answer, entry.key);
    const all = await change.objectStore('entries').getAll();
    let bytes = all.reduce((sum, {size}) => sum + size, 0);
    for (const {key, size} of all.sort((a, b) => a.used - b.used)) {
      if (bytes <= this.limit)
        break;
      this.remove(change, key);
      bytes -= size;
    }
    await change.done;
  }

  /** Forgets the answers of one group, or all. */
  async clear(group?: string): Promise<void> {
    const change = this.change();
    for (const key of group == null ? await change.objectStore('entries').getAllKeys() :
      await change.objectStore('entries').index('group').getAllKeys(group))
      this.remove(change, key);
    await change.done;
  }

  /** Forgets what is void. */
  async cleanup(now: number): Promise<void> {
    const change = this.change();
    for (const {key, expires} of await change.objectStore('entries').getAll())
      if (expires <= now)
        this.remove(change, key);
    await change.done;
  }

  async count(): Promise<number> {
    return this.database.count('entries');
  }

  private change(): Change {
    return this.database.transaction(STORES, 'readwrite');
  }

  private remove(change: Change, key: string): void {
    void change.objectStore('entries').delete(key);
    void change.objectStore('answers').delete(key);
  }
}
