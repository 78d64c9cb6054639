const MB = 2 ** 20;

/** Bounds of a published archive: beyond them it is refused before it can fill the disk. */
export const LIMITS = {
  /** Bytes of the archive as it is sent. */
  archive: 100 * MB,
  /** Bytes of all files together, counted while they are inflated: what an archive declares may be a lie. */
  inflated: 400 * MB,
  /** Files in one archive. */
  files: 10_000,
  /** Characters of a path. */
  path: 400,
  /** Bytes of one segment of a path: what file systems take. */
  segment: 200,
} as const;

export type Limits = {readonly [name in keyof typeof LIMITS]: number};
