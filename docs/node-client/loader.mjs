// Lets Node load `datagrok-api/datagrok`, which its bundler made for CommonJS, style sheets, and name spaces that can
// be called. For `node --import`, behind `--import tsx` (which finds its extension-less imports).
import {createRequire, register} from 'node:module';

globalThis.require = createRequire(import.meta.url);

const hooks = `export async function load(url, context, next) {
  if (url.endsWith('.css'))
    return {format: 'module', source: '', shortCircuit: true};
  const loaded = await next(url, context);
  if (!url.includes('/datagrok-api/') || loaded.source == null)
    return loaded;
  const source = String(loaded.source).replace(/import\\s*\\*\\s*as\\s+(dayjs|wu)\\s+from/g, 'import $1 from');
  return {...loaded, source};
}`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
