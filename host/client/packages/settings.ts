import * as DG from 'datagrok-api/dg';
import {define} from '../interop/define.ts';
import {installModules} from './modules.ts';

type Settings = Record<string, unknown>;

/** Settings stay in this browser: a stand-in host has no settings service of its own. */
const storageKey = (name: string): string => `package-settings:${name}`;

function defaults(name: string): Settings {
  const pack = DG.Func.find({package: name})[0]?.package;
  const declared = (pack as any)?.meta?.properties ?? [];
  return Object.fromEntries(declared.map((p: any) => [p.name, p.defaultValue ?? null]));
}

function read(name: string): Settings {
  const stored = localStorage.getItem(storageKey(name));
  return {...defaults(name), ...(stored == null ? {} : JSON.parse(stored))};
}

export function installSettings(): void {
  installModules();
  define({
    Package_Get_Settings_Sync: (name: string) => read(name),
    Package_Get_Settings: async (name: string) => read(name),
    Package_Set_Settings: async (name: string, props: Settings) =>
      localStorage.setItem(storageKey(name), JSON.stringify({...read(name), ...props})),
    Package_Get_Credentials: async () => null,
  });
}
