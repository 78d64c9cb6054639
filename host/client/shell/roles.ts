import * as DG from 'datagrok-api/dg';

/** Functions that declare a role: by `meta.role`, or by a tag as older packages do. */
export function functionsOf(role: string): DG.Func[] {
  const found = new Map<string, DG.Func>();
  for (const f of [...DG.Func.find({meta: {role}}), ...DG.Func.find({tags: [role]})])
    found.set(f.id ?? f.nqName, f);
  return [...found.values()];
}
