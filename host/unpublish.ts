import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {readOptions} from './options.ts';
import {publishedFolder, PublicationStore, slotOf} from './server/publish/store.ts';

const HELP = `Ends publications of a package on the local host; it is then served from its folder again, if it has one.
What the database tells of its versions stays. A running host follows when a page is loaded.

  npm run unpublish -- NAME [--data FOLDER]

Without a name it lists what is published.`;

function main(): void {
  const {values, positionals} = parseArgs({allowPositionals: true,
    options: {data: {type: 'string'}, help: {type: 'boolean', short: 'h'}}});
  if (values.help)
    return console.log(HELP);
  const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
  const options = readOptions(values.data === undefined ? [] : ['--data', values.data], process.env, root);
  if (options === 'help')
    return;
  const store = new PublicationStore(publishedFolder(options.dataFolder));
  const [name] = positionals;
  const found = store.list().filter((one) => name === undefined || one.npmName.toLowerCase() === name.toLowerCase());
  if (found.length === 0)
    console.log(name === undefined ? 'Nothing is published' : `${name} is not published`);
  for (const one of found) {
    if (name !== undefined)
      store.forget(one.npmName, slotOf(one.debug, one.userId));
    console.log(`${one.npmName} ${one.version} (${one.debug ? 'debug' : 'release'}), ` +
      `${new Date(one.published).toISOString()}${name === undefined ? '' : ': ended'}`);
  }
}

main();
