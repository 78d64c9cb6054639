/** How names of packages and functions follow from what is written in their files. */

const withoutScope = (npmName: string): string => npmName.replace(/^@[^/]*\//, '');

/** Namespace of a package: the npm name without scope, `usage-two` as `UsageTwo`. */
export function namespaceOf(npmName: string): string {
  return withoutScope(npmName).split('-').filter(Boolean).map((word) => word[0].toUpperCase() + word.slice(1)).join('');
}

/** A friendly name as an identifier: words capitalised and joined, `all test runs` as `AllTestRuns`. */
export function identifierOf(friendlyName: string): string {
  return friendlyName.split(/[^\p{L}\p{N}_]+/u).filter(Boolean)
    .map((word) => word[0].toUpperCase() + word.slice(1)).join('');
}

/** Names of packages, namespaces and functions are compared without regard to case. */
export const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
