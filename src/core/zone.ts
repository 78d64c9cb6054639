/**
 * Named (IANA) time zones on top of `Intl`, without a zone database of our own.
 *
 * An *instant* is epoch milliseconds. A *wall time* is what a clock in the zone shows, held as the
 * milliseconds which that date and time would have in UTC: it has no meaning without its zone.
 */

const DAY = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone, hourCycle: 'h23', calendar: 'gregory', numberingSystem: 'latn',
      year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}

/**
 * Whether `name` is a zone that both `Intl` and PostgreSQL read alike. Bare offsets such as `+03:00` are
 * refused: PostgreSQL reads their sign the other way round.
 */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(name))
    return false;
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** The zone of the machine, or UTC where the runtime does not tell one. */
export function localZone(): string {
  const name = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return name !== undefined && isZone(name) ? name : 'UTC';
}

/** Milliseconds by which clocks in `zone` are ahead of UTC at `instant`. Throws RangeError for an unknown zone. */
export function offsetAt(instant: number, zone: string): number {
  if (zone === 'UTC')
    return 0;
  const field: Record<string, number> = {};
  for (const part of formatOf(zone).formatToParts(instant)) {
    if (part.type !== 'literal')
      field[part.type] = Number(part.value);
  }
  const wall = Date.UTC(field.year, field.month - 1, field.day, field.hour, field.minute, field.second);
  return wall - Math.floor(instant / 1000) * 1000;
}

/** The wall time that clocks in `zone` show at `instant`. */
export function toWall(instant: number, zone: string): number {
  return instant + offsetAt(instant, zone);
}

/**
 * The instant at which clocks in `zone` show `wall`: the earlier one when they show it twice; when they skip it, the
 * instant as far behind the jump as `wall` is behind the jump's start (so a skipped midnight gives the jump itself).
 */
export function toInstant(wall: number, zone: string): number {
  if (zone === 'UTC')
    return wall;
  const before = offsetAt(wall - DAY, zone);
  const after = offsetAt(wall + DAY, zone);
  const fitting = [wall - before, wall - after].filter((instant) => toWall(instant, zone) === wall);
  return fitting.length > 0 ? Math.min(...fitting) : wall - before;
}
