import {build, type Plugin} from 'esbuild';
import {cp, mkdir, readdir, readFile, writeFile} from 'node:fs/promises';
import {createRequire} from 'node:module';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));

/**
 * `datagrok-api` imports dayjs and wu as namespaces and then calls them. Under esbuild a namespace of a CommonJS module
 * is not callable, so within that package those imports become default imports.
 */
const callableNamespaces: Plugin = {
  name: 'callable-namespaces',
  setup(b) {
    b.onLoad({filter: /[\\/]datagrok-api[\\/].*\.js$/}, async ({path: file}) => ({
      contents: (await readFile(file, 'utf8')).replace(/import \* as (dayjs|wu) from/g, 'import $1 from'),
      loader: 'js',
    }));
  },
};

/** Chemistry is 4 MB that no package here needs; the published classes only touch it when it is called. */
const noChemistry: Plugin = {
  name: 'no-chemistry',
  setup(b) {
    b.onResolve({filter: /^openchemlib/}, () => ({path: 'openchemlib', namespace: 'absent'}));
    b.onLoad({filter: /.*/, namespace: 'absent'}, () => ({
      contents: 'module.exports = globalThis.OCL ?? {};', loader: 'js',
    }));
  },
};

/** All `grok_*` names in the published sources, as a module: see interop/missing.ts. */
const knownNames: Plugin = {
  name: 'known-names',
  setup(b) {
    b.onResolve({filter: /^virtual:known-names$/}, () => ({path: 'known-names', namespace: 'virtual'}));
    b.onLoad({filter: /.*/, namespace: 'virtual'}, async () => {
      const api = path.dirname(createRequire(import.meta.url).resolve('datagrok-api/dg'));
      const files = ['ui.js', 'dg.js', 'grok.js', ...(await readdir(path.join(api, 'src'), {recursive: true}))
        .filter((f) => f.endsWith('.js') && !f.startsWith('datagrok') && !f.startsWith('node'))
        .map((f) => path.join('src', f))];
      const names = new Set<string>();
      for (const file of files)
        for (const [name] of (await readFile(path.join(api, file), 'utf8')).matchAll(/\bgrok_[A-Z]\w*[a-zA-Z0-9]/g))
          names.add(name);
      return {contents: `export const knownNames = ${JSON.stringify([...names].sort())};`, loader: 'js'};
    });
  },
};

/**
 * Bundles the client into `folder`: `index.html` and `client/` with scripts, styles, fonts and the icon.
 * @param folder absolute path; created when absent.
 * @param minify smaller and slower to build; names of classes are kept either way, because packages compare them.
 */
export async function buildClient(folder: string, minify = true): Promise<void> {
  const out = path.join(folder, 'client');
  await mkdir(out, {recursive: true});
  await build({
    entryPoints: {
      client: path.join(here, 'boot.ts'),
      theme: path.join(here, 'shell', 'theme-start.ts'),
    },
    outdir: out,
    bundle: true,
    format: 'iife',
    target: 'es2022',
    keepNames: true,
    minify,
    sourcemap: true,
    legalComments: 'none',
    define: {'process.env.NODE_ENV': '"production"', 'global': 'globalThis'},
    loader: {'.woff2': 'file', '.woff': 'file', '.ttf': 'file', '.svg': 'file', '.png': 'file'},
    plugins: [callableNamespaces, noChemistry, knownNames],
    logLevel: 'error',
  });
  await build({
    entryPoints: [path.join(here, 'css', 'index.css')],
    outfile: path.join(out, 'client.css'),
    bundle: true,
    minify,
    loader: {'.woff2': 'file', '.woff': 'file', '.ttf': 'file', '.svg': 'file', '.png': 'file'},
    logLevel: 'error',
  });
  await cp(path.join(here, 'favicon.svg'), path.join(out, 'favicon.svg'));
  await writeFile(path.join(folder, 'index.html'), await readFile(path.join(here, 'index.html')));
}
