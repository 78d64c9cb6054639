const ISO =
  /^(\d{4,6})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/i;

/**
 * An ISO 8601 text as PostgreSQL's timestamp in UTC, such as `2024-03-01 12:00:00.000001`. Without a zone the text is
 * taken as UTC; digits beyond microseconds are dropped. Undefined when the text is no date.
 */
export function utcTimestamp(iso: string): string | undefined {
  const match = ISO.exec(iso.trim());
  if (!match)
    return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((part) => Number(part ?? 0));
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  // The 30th of February would be taken for a day in March.
  if (year < 1 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day)
    return undefined;
  if (hour > 23 || minute > 59 || second > 59)
    return undefined;
  date.setUTCHours(hour, minute - zoneMinutes(match[8] ?? 'Z'), second);
  const pad = (n: number, width = 2): string => String(n).padStart(width, '0');
  return `${pad(date.getUTCFullYear(), 4)}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())} ` +
    `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}:${pad(date.getUTCSeconds())}.` +
    (match[7] ?? '').padEnd(6, '0').slice(0, 6);
}

/** Minutes east of Greenwich of `Z`, `+02:00`, `-0330`, `+02`. */
function zoneMinutes(zone: string): number {
  if (zone.toUpperCase() === 'Z')
    return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  return (zone[0] === '-' ? -1 : 1) * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2)));
}
