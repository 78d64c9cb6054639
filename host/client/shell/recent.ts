import * as grok from 'datagrok-api/grok';

/** Something the user opened, with the address that opens it again. */
export interface Recent {
  name: string;
  address: string;
}

const kept = 8;

/** Kept per user, because one browser may show the page as several of them. */
function key(): string {
  return `shell-recent:${grok.shell.user?.login ?? ''}`;
}

/** The latest first. */
export function recent(): Recent[] {
  try {
    const stored = JSON.parse(localStorage.getItem(key()) ?? '[]');
    return Array.isArray(stored) ? stored.filter((r) => typeof r?.name === 'string' && typeof r?.address === 'string') : [];
  } catch {
    return [];
  }
}

export function remember(name: string, address: string): void {
  const list = [{name, address}, ...recent().filter((r) => r.address !== address)].slice(0, kept);
  localStorage.setItem(key(), JSON.stringify(list));
}
