/**
 * Small states of controls that survive the session, under the key which the control was given. Everything is
 * best-effort: a browser without storage, or with a foreign value there, behaves as if nothing had been remembered.
 */
export function remember(scope: string, key: string | null, value: unknown): void {
  if (key == null || key === '')
    return;
  try {
    localStorage.setItem(`${scope}.${key}`, JSON.stringify(value));
  } catch { /* storage is full or forbidden */ }
}

/** The remembered value, or null. */
export function recall<T>(scope: string, key: string | null): T | null {
  if (key == null || key === '')
    return null;
  try {
    return JSON.parse(localStorage.getItem(`${scope}.${key}`) ?? 'null');
  } catch {
    return null;
  }
}
