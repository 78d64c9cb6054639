import * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';

function isAutostart(func: DG.Func): boolean {
  return func.hasTag('autostart') ||
    String(func.options['role'] ?? '').split(',').map((r) => r.trim()).includes('autostart');
}

/**
 * Runs the functions that packages want run at start. One that fails is reported and harms no other package, nor the
 * start of the client.
 */
export async function startAutostartFunctions(): Promise<void> {
  await Promise.all(DG.Func.find({}).filter((f) => f.package != null && isAutostart(f)).map(async (func) => {
    try {
      await func.prepare().call();
    } catch (e) {
      console.error(`Autostart function ${func.nqName} failed:`, e);
      grok.shell.error(`${func.nqName} failed at start: ${(e as Error)?.message ?? e}`);
    }
  }));
}
