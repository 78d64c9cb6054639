import {Subject} from 'rxjs';
import type {PostedRecord} from '../log/queue.ts';

export interface HistoryOptions {
  /** So many records are kept. */
  most?: number;
  /** So many characters of them, about. */
  mostText?: number;
}

/** A record longer than this part of all the text is kept without its parameters and stack. */
const LONGEST_PART = 1 / 8;

/**
 * The latest records that this client logged, oldest first. Bounded by number and by text: a page may log for weeks.
 */
export class LogHistory {
  /** Fires after each change. */
  readonly changed = new Subject<void>();
  private kept: PostedRecord[] = [];
  private lengths: number[] = [];
  private text = 0;
  private left = 0;
  private readonly options: Required<HistoryOptions>;

  constructor(options: HistoryOptions = {}) {
    this.options = {most: 2000, mostText: 8 * 2 ** 20, ...options};
  }

  get records(): readonly PostedRecord[] {return this.kept;}

  /** How many older records had to give way since the last `clear`. */
  get dropped(): number {return this.left;}

  add(record: PostedRecord): void {
    let length = lengthOf(record);
    if (length > this.options.mostText * LONGEST_PART) {
      record = {...record, message: record.message.slice(0, 1000), stackTrace: undefined,
        params: {'…': `${length} characters, too long to be kept here`}};
      length = lengthOf(record);
    }
    this.kept.push(record);
    this.lengths.push(length);
    this.text += length;
    let over = 0;
    while (this.kept.length - over > this.options.most || this.text > this.options.mostText)
      this.text -= this.lengths[over++];
    if (over > 0) {
      this.kept.splice(0, over);
      this.lengths.splice(0, over);
      this.left += over;
    }
    this.changed.next();
  }

  clear(): void {
    this.kept = [];
    this.lengths = [];
    this.text = 0;
    this.left = 0;
    this.changed.next();
  }
}

const lengthOf = ({message, stackTrace, params}: PostedRecord): number =>
  message.length + (stackTrace?.length ?? 0) + JSON.stringify(params).length;
