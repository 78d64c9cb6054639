import {Refusal, type Caller} from '../model.ts';
import type {PackageRegistry} from '../registry/index.ts';
import {sameName} from '../registry/names.ts';

/**
 * Who may publish: administrators anything; members of its `canEdit` groups a package that is there. Queries of a
 * package read the platform's own database, whatever they like of it, so that a new one is an administrator's decision;
 * and it is the package in use that says who edits it, not the one sent.
 * @throws Refusal (403)
 */
export function checkPublish(caller: Caller, npmName: string, registry: PackageRegistry): void {
  if (caller.isAdmin)
    return;
  const found = registry.packages.find((one) => sameName(one.npmName, npmName));
  if (!found)
    throw new Refusal(403, `${npmName} is new here: its first version is published by an administrator`);
  if (!found.canEdit.some((group) => caller.groupNames.has(group.toLowerCase())))
    throw new Refusal(403, `${found.friendlyName} is published by administrators` +
      `${found.canEdit.length ? ` and members of ${found.canEdit.join(', ')}` : ''}; ${caller.login} is none of them`);
}
