import * as DG from 'datagrok-api/dg';
import {define} from '../interop/define.ts';
import {shellBus} from '../interop/bus.ts';

/** What a bundle exports: its functions by name, and `_package`. */
type Module = Record<string, any>;

const modules = new Map<string, Promise<Module>>();
const loaded = new Map<string, Module>();

/**
 * Name of the global that a bundle assigns: the package's name in lower case without dashes; bundles other than
 * `package.js` add theirs (`package-test.js` -> `<name>_test`).
 */
export function globalName(packageName: string, file: string): string {
  const suffix = file.replace(/^package/, '').replace(/\.js$/, '').replace(/-/g, '_');
  return packageName.toLowerCase().replace(/[-\s]/g, '') + suffix;
}

function runScript(url: string): Promise<void> {
  return new Promise((done, fail) => {
    const script = document.createElement('script');
    script.src = url;
    script.onload = () => done();
    script.onerror = () => fail(new Error(`Could not load ${new URL(url, location.href).pathname}`));
    document.head.append(script);
  });
}

async function load(pack: DG.Package, file: string): Promise<Module> {
  const root = pack.webRoot.replace(/\/$/, '');
  let thrown: unknown = null;
  const url = `${root}/dist/${file}`;
  // A bundle that throws while it is evaluated still fires `load`; its error passes by here.
  const watch = (e: ErrorEvent): void => {
    if (e.filename.includes(`/dist/${file}`) && e.filename.startsWith(new URL(root, location.href).href))
      thrown = e.error ?? e.message;
  };
  window.addEventListener('error', watch, true);
  try {
    await runScript(url);
  } finally {
    window.removeEventListener('error', watch, true);
  }
  const name = globalName(pack.name, file);
  const module = (window as any)[name];
  if (thrown != null)
    throw new Error(`Package ${pack.name} failed while loading: ${(thrown as Error)?.message ?? thrown}`);
  if (module == null)
    throw new Error(`Package ${pack.name}: ${file} did not set the global ${name}`);
  const own = module._package;
  if (own != null) {
    own.dart = pack.dart;
    own.webRoot = `${root}/`;
  }
  await initialise(pack, module, own, file);
  loaded.set(key(pack, file), module);
  shellBus.fire('d4-package-loaded', pack);
  return module;
}

/** Runs the package's `init` functions once, then `_package.init()`. */
async function initialise(pack: DG.Package, module: Module, own: any, file: string): Promise<void> {
  if (file === 'package.js')
    for (const func of DG.Func.find({package: pack.name}))
      if (isInit(func) && typeof module[func.name] === 'function')
        await module[func.name]();
  await own?.init?.();
}

export function isInit(func: DG.Func): boolean {
  return func.hasTag('init') || String(func.options['role'] ?? '').split(',').map((r) => r.trim()).includes('init');
}

const key = (pack: DG.Package, file: string): string => `${pack.webRoot}/${file}`;

/**
 * The package's bundle, loaded and initialised once. A failed load is tried again at the next call.
 * @throws when the script is not there, throws, or does not set its global.
 */
export function ensureModule(pack: DG.Package, file = 'package.js'): Promise<Module> {
  const k = key(pack, file);
  let module = modules.get(k);
  if (module == null) {
    module = load(pack, file);
    modules.set(k, module);
    module.catch(() => modules.delete(k));
  }
  return module;
}

/** The bundle if it is loaded already. */
export function loadedModule(pack: DG.Package, file = 'package.js'): Module | undefined {
  return loaded.get(key(pack, file));
}

export function installModules(): void {
  define({
    Dapi_Packages_Load: async (dart: any, file?: string) => {
      await ensureModule(DG.toJs(dart), file ?? 'package.js');
      return dart;
    },
    Package_GetModule: (dart: any, file?: string) => () => loadedModule(DG.toJs(dart), file ?? 'package.js') ?? null,
  });
}
