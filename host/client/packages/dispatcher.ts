import * as DG from 'datagrok-api/dg';
import {classOf} from '../interop/core-contract.ts';
import {override} from '../interop/define.ts';
import {delegate, functionTemplate} from '../interop/java-script-function.ts';
import {ensureModule, loadedModule} from './modules.ts';

/** Bundle that holds the function; `meta.file` names another than `package.js`. */
const fileOf = (func: DG.Func): string => String(func.options['file'] ?? 'package.js').replace(/^dist\//, '');

function exported(module: Record<string, any>, func: DG.Func): (...args: any[]) => any {
  const name = Object.keys(module).find((n) => n.toLowerCase() === func.name.toLowerCase());
  const f = name == null ? undefined : module[name];
  if (typeof f !== 'function')
    throw new Error(`Package ${func.package?.name}: the bundle exports no function ${func.name}`);
  return f.bind(module);
}

/** The call whose function of a package runs now, up to its first pause. */
let current: any = null;

function within<T>(call: any, run: () => T): T {
  const outer = current;
  current = call;
  try {
    return run();
  } finally {
    current = outer;
  }
}

/**
 * Lets functions of packages run. The core knows them from the start-up data, with types, defaults and metadata, but
 * running one gives null, because loading bundles is the client's business. Here their class gets a `run` that loads
 * the bundle on first use and passes the call to a JavaScript function of the core's own kind, which converts
 * arguments, outputs, promises and errors.
 */
export function installDispatcher(): void {
  const sample = DG.Func.find({}).find((f) => isPackageFunction(f));
  if (sample == null)
    return;
  const later = functionTemplate(true);
  const atOnce = functionTemplate(false);

  // The core keeps the call in its zone, which is gone once a bundle has been waited for.
  override('GetCurrentCall', (original) => () => current ?? original());

  const packageFunctions = classOf(sample.dart, 'packageFunction');
  packageFunctions.runImpl$1 = function(call: any) {
    const func: DG.Func = DG.toJs(this);
    const body = async (...args: any[]): Promise<any> => {
      const run = exported(await ensureModule(func.package, fileOf(func)), func);
      return within(call, () => run(...args));
    };
    return delegate(later, body).runImpl$1(call);
  };
  packageFunctions.runImplSync$1 = function(call: any) {
    const func: DG.Func = DG.toJs(this);
    const module = loadedModule(func.package, fileOf(func));
    if (module == null)
      throw new Error(`${func.nqName} cannot run synchronously before its package is loaded`);
    const run = exported(module, func);
    return delegate(atOnce, (...args: any[]) => within(call, () => run(...args))).runImplSync$1(call);
  };
}

function isPackageFunction(func: DG.Func): boolean {
  return func.type === 'function-package';
}
