/** A page of rows in the order of the server, which is found by the row before it. */
export interface PagePlace {
  /** Number of the page, from 0. */
  readonly index: number;
  /**
   * Ids of the rows before the page and before the ones that lead to it, that of the page itself last. There may be
   * fewer than pages: an address has room for the latest only.
   */
  readonly before: readonly string[];
}

export const FIRST_PAGE: PagePlace = {index: 0, before: []};

/** So many steps back fit into an address. */
const MOST_STEPS = 10;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The page after one whose last row has the id. */
export function nextPage({index, before}: PagePlace, id: string): PagePlace {
  return {index: index + 1, before: [...before, id].slice(-MOST_STEPS)};
}

/** The page before; the first one when the way there is no longer known. */
export function previousPage({index, before}: PagePlace): PagePlace {
  return index <= 1 || before.length < 2 ? FIRST_PAGE : {index: index - 1, before: before.slice(0, -1)};
}

/** Writes the list that the address keeps; empty for the first page. */
export function writePage({index, before}: PagePlace): string[] {
  return index === 0 ? [] : [String(index), ...before];
}

/** Reads what `writePage` writes; null for what is no page. */
export function readPage(items: readonly string[]): PagePlace | null {
  if (items.length === 0)
    return FIRST_PAGE;
  const [index, ...before] = items;
  const valid = /^[1-9][0-9]{0,8}$/.test(index) && before.length > 0 && before.length <= Math.min(MOST_STEPS, Number(index)) &&
    before.every((id) => UUID.test(id));
  return valid ? {index: Number(index), before} : null;
}
