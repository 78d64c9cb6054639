import {createRequire, register} from 'node:module';

/**
 * What the client expects of whoever loads its modules: style sheets are nothing to Node, and `dayjs` and `wu`, which
 * it imports as namespaces, are called like functions.
 */
const LOADER = `
export async function load(url, context, next) {
  if (/\\.s?css(\\?|$)/.test(url))
    return {format: 'module', source: '', shortCircuit: true};
  const module = await next(url, context);
  if (module.format === 'module' && module.source && url.includes('/datagrok-api/'))
    module.source = String(module.source).replace(/import\\s*\\*\\s*as\\s+(dayjs|wu)\\s+from/g, 'import $1 from');
  return module;
}`;

/**
 * Starts the platform's official Node client against `apiUrl` (prefix of its REST calls, no slash at the end).
 * It can be started once per process.
 * @param detached reads nothing from the server when it starts.
 * @returns the platform's globals.
 */
export async function startNodeClient(apiUrl: string, detached = false): Promise<{grok: any; DG: any}> {
  register(`data:text/javascript,${encodeURIComponent(LOADER)}`);
  // The package's modules mix `require` and `import`; as CommonJS they run under tsx.
  const {startDatagrok} = createRequire(import.meta.url)('datagrok-api/datagrok');
  await startDatagrok({apiUrl, apiToken: 'token', detached});
  return {grok: (globalThis as any).grok, DG: (globalThis as any).DG};
}
