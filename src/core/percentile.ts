/**
 * The value below which a share of the numbers lies, interpolated between neighbours as the database does
 * (`percentile_cont`).
 * @param sorted ascending, at least one.
 * @param share from 0 to 1.
 */
export function percentile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)];
  return low + (sorted[Math.ceil(place)] - low) * (place - Math.floor(place));
}
