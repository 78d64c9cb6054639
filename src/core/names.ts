/** Something with an id and a display name which need not be unique. */
export interface Named {
  readonly id: string;
  /** Display name; empty falls back to the detail. */
  readonly name: string;
  /** What tells namesakes apart: a login, a package's name. */
  readonly detail: string;
}

/**
 * A label for each id, no two alike: the bare name where it is unique, else "name (detail)", and where even these
 * are alike the beginning of the id in addition. Case and surrounding blanks do not make a difference.
 */
export function distinctLabels(items: readonly Named[]): Map<string, string> {
  const unique = [...new Map(items.map((item) => [item.id, item])).values()];
  const steps: ((item: Named) => string)[] = [
    (item) => item.name.trim() || item.detail.trim() || item.id,
    (item) => `${item.name.trim() || item.detail.trim()} (${item.detail.trim() || item.id})`,
    (item) => `${item.name.trim() || item.detail.trim()} (${item.detail.trim()}, ${item.id})`,
  ];
  const labels = new Map<string, string>();
  let open = unique;
  for (const label of steps) {
    const counts = new Map<string, number>();
    for (const taken of labels.values())
      counts.set(taken.toLowerCase(), 1);
    for (const item of open)
      counts.set(label(item).toLowerCase(), (counts.get(label(item).toLowerCase()) ?? 0) + 1);
    for (const item of open.filter((one) => counts.get(label(one).toLowerCase()) === 1))
      labels.set(item.id, label(item));
    open = open.filter((item) => !labels.has(item.id));
  }
  for (const item of open)
    labels.set(item.id, item.id);
  return labels;
}
