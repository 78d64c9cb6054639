/**
 * The one codec between the query part of the address and the state of the filters.
 *
 * Lists are written into one key, items separated by commas, so that addresses stay short and survive a router which
 * keeps one value per key. Inside values a backslash escapes what would be lost: `\,` a comma, `\\` itself, `\e` an
 * empty item, `\uXXXX` half a surrogate pair.
 */

/** Kind of each key the app owns. A later filter is one line here. */
const KEYS = {
  tab: 'text',
  /** Sub-view of the tab. */
  view: 'text',
  date: 'text',
  zone: 'text',
  /** What the range is compared with. */
  compare: 'text',
  groups: 'list',
  users: 'list',
  packages: 'list',
  categories: 'list',
  tags: 'list',
  service: 'flag',
  /** Narrowed to by a drill-down: functions, anything that events name, log levels, event types, exact points. */
  functions: 'list',
  entities: 'list',
  sources: 'list',
  types: 'list',
  cells: 'list',
  /** Which number to count. */
  measure: 'text',
  /** Addresses of the screens that a drill-down came from, the first one first. */
  drill: 'list',
  /** Points or rows that are selected, by the keys that their tab gives them. */
  selected: 'list',
  /** Page of a table that the server pages: its number, then the rows before it; see `core/page-place`. */
  page: 'list',
} as const;

type Kinds = typeof KEYS;
type Key = keyof Kinds;
type ValueOf<K extends Key> = Kinds[K] extends 'list' ? readonly string[] :
  Kinds[K] extends 'flag' ? boolean : string | undefined;

/** The state an address holds. `undefined`, an empty list and false are what an absent key means. */
export type AddressState = {readonly [K in Key]: ValueOf<K>} & {
  /** Keys which the app does not own, in their order; written back as they came. */
  readonly rest: readonly (readonly [key: string, value: string])[];
};

const NOTHING = {text: undefined, list: Object.freeze([]), flag: false} as const;

export const EMPTY_ADDRESS: AddressState = Object.freeze({
  ...Object.fromEntries(Object.entries(KEYS).map(([key, kind]) => [key, NOTHING[kind]])), rest: Object.freeze([]),
}) as unknown as AddressState;

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

function isKey(key: string): key is Key {
  return Object.hasOwn(KEYS, key);
}

function escapeText(text: string): string {
  return text.replace(/\\/g, '\\\\')
    .replace(LONE_SURROGATE, (half) => `\\u${half.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function escapeItem(item: string): string {
  return item === '' ? '\\e' : escapeText(item).replace(/,/g, '\\,');
}

/** Splits at bare commas and resolves escapes; an unknown escape stays as it is written. */
function unescapeItems(text: string): string[] {
  const items = [''];
  for (const [piece] of text.matchAll(/\\u[0-9a-f]{4}|\\[\\,e]|[^]/g)) {
    const last = items.length - 1;
    if (piece === ',')
      items.push('');
    else if (piece.length === 6)
      items[last] += String.fromCharCode(parseInt(piece.slice(2), 16));
    else if (piece.length === 2)
      items[last] += piece === '\\e' ? '' : piece[1];
    else
      items[last] += piece;
  }
  return items;
}

function unescapeText(text: string): string {
  return text.replace(/\\u([0-9a-f]{4})|\\\\/g,
    (_, code?: string) => code === undefined ? '\\' : String.fromCharCode(parseInt(code, 16)));
}

/** Percent-encodes what an address cannot hold; commas, colons and slashes stay readable. */
function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(/%2C/g, ',').replace(/%3A/g, ':').replace(/%2F/g, '/');
}

/** Key and value of the address query, decoded, in order, before any meaning is given to them. */
type Pair = [key: string, value: string];

function pairsOf(state: AddressState): Pair[] {
  const pairs: Pair[] = [];
  for (const key of Object.keys(KEYS) as Key[]) {
    const value = state[key];
    if (typeof value === 'string')
      pairs.push([key, escapeText(value)]);
    else if (Array.isArray(value) && value.length > 0)
      pairs.push([key, value.map(escapeItem).join(',')]);
    else if (value === true)
      pairs.push([key, 'true']);
  }
  for (const [key, value] of state.rest) {
    if (!isKey(key))
      pairs.push([key.replace(LONE_SURROGATE, '\uFFFD'), value.replace(LONE_SURROGATE, '\uFFFD')]);
  }
  return pairs;
}

/** The query of the address, without the question mark; empty when the state is. */
export function encodeAddress(state: AddressState): string {
  return pairsOf(state).map(([key, value]) => `${percentEncode(key)}=${percentEncode(value)}`).join('&');
}

function percentDecode(text: string, problems: string[]): string {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    problems.push(`"${text}" in the address is not properly encoded; it was taken as it stands.`);
    return text;
  }
}

function readFlag(key: Key, value: string, problems: string[]): boolean {
  const word = value.trim().toLowerCase();
  if (!['true', '1', 'yes', 'on', '', 'false', '0', 'no', 'off'].includes(word))
    problems.push(`"${value}" is neither true nor false for "${key}".`);
  return ['true', '1', 'yes', 'on'].includes(word);
}

/**
 * Reads the query of an address, with or without the question mark. Never throws: what cannot be read is reported and
 * left out, unknown keys are kept, case is preserved. Several occurrences of a list add up, of a text the last counts.
 */
export function decodeAddress(query: string): {state: AddressState; problems: string[]} {
  const problems: string[] = [];
  const read: Record<string, unknown> = {...EMPTY_ADDRESS};
  const rest: Pair[] = [];
  const seen = new Set<Key>();
  for (const part of query.replace(/^\?/, '').split('&').filter((text) => text !== '')) {
    const at = part.indexOf('=');
    const key = percentDecode(at < 0 ? part : part.slice(0, at), problems);
    const value = at < 0 ? '' : percentDecode(part.slice(at + 1), problems);
    if (!isKey(key)) {
      rest.push([key, value]);
      continue;
    }
    if (KEYS[key] === 'list')
      read[key] = [...read[key] as string[], ...(value === '' ? [] : unescapeItems(value))];
    else {
      if (seen.has(key))
        problems.push(`"${key}" is in the address twice; the last one counts.`);
      read[key] = KEYS[key] === 'flag' ? readFlag(key, value, problems) : unescapeText(value);
    }
    seen.add(key);
  }
  return {state: {...read, rest} as unknown as AddressState, problems};
}
