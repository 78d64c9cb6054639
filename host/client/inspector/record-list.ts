import type {PostedRecord} from '../log/queue.ts';
import {logged} from '../log/logger.ts';

/** So many records are kept; older ones are let go. */
export const MOST_RECORDS = 1000;

/** What is shown of all that is kept. */
export interface RecordFilter {
  /** Empty: every level. */
  readonly level: string;
  /** Looked for in message, type and parameters, without regard to case. */
  readonly text: string;
}

/** The latest records of this client, from its start. Bounded: an inspector that is left open must not grow. */
class RecordList {
  private records: PostedRecord[] = [];
  private readonly listeners = new Set<() => void>();

  constructor() {
    logged.subscribe((record) => {
      this.records.push(record);
      // Cut in steps: an array that loses its first element each time is slow.
      if (this.records.length > MOST_RECORDS * 1.2)
        this.records = this.records.slice(-MOST_RECORDS);
      this.listeners.forEach((tell) => tell());
    });
  }

  get all(): readonly PostedRecord[] {return this.records.slice(-MOST_RECORDS);}

  clear(): void {
    this.records = [];
    this.listeners.forEach((tell) => tell());
  }

  /** @returns what ends it. */
  onChange(tell: () => void): () => void {
    this.listeners.add(tell);
    return () => this.listeners.delete(tell);
  }
}

export const records = new RecordList();

/** The records that fit, the newest first. */
export function fitting(all: readonly PostedRecord[], {level, text}: RecordFilter): PostedRecord[] {
  const words = text.trim().toLowerCase();
  return all.filter((one) => (level === '' || one.level === level) && (words === '' ||
    `${one.message}\n${one.type ?? ''}\n${JSON.stringify(one.params)}`.toLowerCase().includes(words))).reverse();
}
