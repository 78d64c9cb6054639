/**
 * Bounds of what may be logged. What exceeds one is refused with its name, before anything is written, so that nobody
 * can fill the database or the memory of the host through the log.
 */
export const LIMITS = {
  /** Records in one post. */
  records: 1000,
  /** Parameters of one record. */
  parameters: 200,
  /** Characters of a type of event, and of a parameter's name. */
  name: 200,
  /** Characters of a message. */
  message: 65_536,
  /** Characters of the text of one value. */
  value: 65_536,
  /** Characters of a stack trace. */
  stack: 262_144,
  /** How far a client's clock may be ahead, in milliseconds. */
  ahead: 24 * 3_600_000,
  /** Earliest instant that is taken for real, epoch milliseconds. */
  earliest: Date.UTC(2000, 0, 1),
  /** Records of one session that may wait to be written. */
  waitingOfSession: 5000,
  /** Records that may wait to be written. */
  waiting: 20_000,
  /** Characters that may wait to be written, about; a quarter of a gigabyte in memory. */
  waitingText: 64 * 2 ** 20,
  /** Records written in one transaction. */
  batch: 1000,
} as const;
