import * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import {shellBus} from '../interop/bus.ts';
import {loggable} from './values.ts';

/** Functions that the platform runs of its own accord: nobody asked for them, and they would bury the rest. */
const OWN_ACCORD = new Set(['semTypeDetector', 'autostart', 'init', 'panel', 'dashboard', 'tooltip', 'cellRenderer',
  'appTreeBrowser', 'filter', 'searchProvider', 'inspectorPanel']);

/** Outputs that are no values: what is on screen cannot be kept. */
const ON_SCREEN = new Set(['view', 'widget', 'viewer', 'graphics', 'dynamic', 'object', 'funccall']);

/**
 * Logs runs of functions and scripts of packages, which run in this client: a record of the run, and the call with its
 * inputs and outputs. Queries run on the server, which logs them.
 */
export function logRuns(): void {
  const started = new WeakMap<object, number>();
  shellBus.on('d4-before-run-action', (call: DG.FuncCall) => started.set(call.dart, Date.now()));
  shellBus.on('d4-after-run-action', (call: DG.FuncCall) => {
    if (isOfInterest(call.func))
      void save(call, started.get(call.dart) ?? Date.now());
  });
}

function isOfInterest(func: DG.Func | null): func is DG.Func {
  if (func == null || func.package == null || func instanceof DG.DataQuery || func.options['saveLog'] === 'false')
    return false;
  const roles = String(func.options['role'] ?? '').split(',').map((role) => role.trim());
  return ![...roles, ...Object.keys(func.options)].some((role) => OWN_ACCORD.has(role));
}

async function save(call: DG.FuncCall, began: number): Promise<void> {
  const {func} = call;
  const time = (value: any): number | null => value?.valueOf?.() ?? null;
  grok.log.usage('@user ran @entity', {'@user': grok.shell.user, '@entity': func}, 'function-ran');
  const values: Record<string, unknown> = {};
  for (const param of [...func.inputs, ...func.outputs])
    if (!ON_SCREEN.has(param.propertyType))
      values[param.name] = valueOf(call, param.name);
  const isFailed = call.errorMessage != null && call.errorMessage !== '';
  const body = {'#type': 'FuncCall', 'id': crypto.randomUUID(), 'func': {id: func.id},
    'started': time(call.started) ?? began, 'finished': time(call.finished) ?? Date.now(),
    'status': isFailed ? 'Error' : 'Completed', 'errorMessage': isFailed ? call.errorMessage : null,
    'parameterValues': values};
  // A run that cannot be kept must not disturb whoever ran it.
  await fetch(`${grok.dapi.root}/log/funcs/calls`, {method: 'POST', credentials: 'same-origin',
    headers: {'content-type': 'application/json; charset=utf-8'}, body: JSON.stringify(body)}).catch(() => {});
}

function valueOf(call: DG.FuncCall, name: string): unknown {
  try {
    return loggable((call.inputs as any)[name] ?? (call.outputs as any)[name]);
  } catch {
    return null;
  }
}
