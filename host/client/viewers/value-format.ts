import * as DG from 'datagrok-api/dg';
import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc';

dayjs.extend(utc);

const plain = new Intl.NumberFormat('en-US', {maximumFractionDigits: 2});
const small = new Intl.NumberFormat('en-US', {maximumSignificantDigits: 3});
const compact = new Intl.NumberFormat('en-US', {notation: 'compact', maximumFractionDigits: 1});

/** Named number formats of the platform, as patterns. */
const named: Record<string, string> = {
  'int': '0', 'two digits after comma': '0.00', 'four digits after comma': '0.0000', 'thousand separator': '#,##0',
  'percent': '0%', 'full precision': '', 'money($)': '$#,##0.00',
};

/**
 * A number as text: grouped by thousands, at most two decimals (three significant digits when it is small), or by a
 * pattern such as `#,##0.00`, `0.0%`, `#`.
 */
export function formatNumber(x: number, format?: string | null): string {
  if (Number.isNaN(x))
    return '';
  const pattern = format == null ? '' : named[format] ?? format;
  if (pattern === 'compact')
    return compact.format(x);
  if (pattern === 'scientific')
    return x.toExponential(2);
  const match = /^([^#0.,%]*)([#0,]*)(?:\.([#0]+))?(%?)([^#0.,%]*)$/.exec(pattern);
  if (pattern === '' || match == null || match[2] === '' && match[3] == null)
    return x !== 0 && Math.abs(x) < 0.1 ? small.format(x) : plain.format(x);
  const [, before, whole, fraction = '', percent, after] = match;
  const text = new Intl.NumberFormat('en-US', {
    useGrouping: whole.includes(','), minimumFractionDigits: fraction.replace(/#/g, '').length,
    maximumFractionDigits: fraction.length,
  }).format(percent === '%' ? x * 100 : x);
  return `${before}${text}${percent}${after}`;
}

/** A name as an axis or a legend has room for it: in one line. */
export const oneLine = (name: string): string => name.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ');

/** Short form for axes: `12K`, `3.5M`; whole numbers below 10,000 as they are. */
export function formatShort(x: number): string {
  return Math.abs(x) >= 10000 ? compact.format(x) : formatNumber(x);
}

/** What the core writes into every date column it fills: nobody's wish, and long. */
const automatic = 'MM/dd/yyyy HH:mm:ss.fff';

/** An instant in UTC, by a pattern of the platform (`MM/dd/yyyy HH:mm`) or in ISO order down to what it needs. */
export function formatDate(ms: number, pattern?: string | null): string {
  const at = dayjs.utc(ms);
  if (pattern != null && pattern !== '' && pattern !== automatic)
    return at.format(pattern.replace(/y/g, 'Y').replace(/d/g, 'D').replace(/f/g, 'S').replace(/\ba\b/g, 'A'));
  if (ms % 86_400_000 === 0)
    return at.format('YYYY-MM-DD');
  return at.format(ms % 60_000 === 0 ? 'YYYY-MM-DD HH:mm' : ms % 1000 === 0 ? 'YYYY-MM-DD HH:mm:ss' :
    'YYYY-MM-DD HH:mm:ss.SSS');
}

/** A value of a column as its cells show it; only a format that somebody set counts, not the automatic one. */
export function formatValue(x: number, column: DG.Column): string {
  const format = column.getTag(DG.TAGS.FORMAT);
  if (Number.isNaN(x))
    return '';
  return column.type === DG.COLUMN_TYPE.DATE_TIME ? formatDate(x, format) : formatNumber(x, format);
}
