import {Refusal, type Caller, type PackageSpec} from '../model.ts';

/**
 * Whether the caller may see a package, its functions and files: administrators always, everybody when the package
 * names no groups, else members (through any nesting) of a group in `canView`. Groups are named by name or friendly
 * name, in any letter case. A debug build is its publisher's alone.
 */
export function mayView(caller: Caller, of: Pick<PackageSpec, 'canView' | 'publication'>): boolean {
  if (of.publication?.debug)
    return of.publication.userId === caller.userId;
  return caller.isAdmin || of.canView.length === 0 ||
    of.canView.some((group) => caller.groupNames.has(group.toLowerCase()));
}

/** The sentence that tells the caller why not. */
export const refusalText = (of: Pick<PackageSpec, 'friendlyName' | 'canView' | 'publication'>): string =>
  of.publication?.debug ? `This build of ${of.friendlyName} is for the developer who published it` : `${of.friendlyName} is for members of ${of.canView.join(', ')}`;

/** @throws Refusal with status 403 when the caller may not see the package. */
export function checkView(caller: Caller, of: Pick<PackageSpec, 'friendlyName' | 'canView' | 'publication'>): void {
  if (!mayView(caller, of))
    throw new Refusal(403, refusalText(of));
}
