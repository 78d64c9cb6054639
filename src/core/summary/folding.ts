import {compare} from './table';

/** How much there is of something that may be folded. */
export interface Size {
  /** Its number. */
  readonly place: number;
  /** Decides among equals. */
  readonly name: string;
  rows: number;
  events: number;
}

/**
 * What has to be folded: things are kept from the largest down as long as the rows fit, beside those that are set aside
 * for the rest. The same rule as that of the queries.
 */
export function smallest(sizes: readonly Size[], setAside: number, most: number): ReadonlySet<number> {
  const folded = new Set<number>();
  let rows = setAside;
  for (const size of sizes.filter((one) => one.rows > 0)
    .sort((a, b) => b.events - a.events || compare(a.name, b.name))) {
    rows += size.rows;
    if (rows > most)
      folded.add(size.place);
  }
  return folded;
}
