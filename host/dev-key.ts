import {mkdirSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseArgs} from 'node:util';
import {readOptions, StartError} from './options.ts';
import {DevKeys, devKeysFile} from './server/access/dev-keys.ts';

const HELP = `Makes a developer key of the local host and prints a config.yaml for the grok command-line tool.

  npm run --silent dev-key > ~/.grok/config.yaml

  --user LOGIN     whose key: who publishes and tests with it (default: the administrator who starts the host)
  --alias NAME     name of the server in the file (default: localhost)
  --port NUMBER    port of the host, as for npm start
  --data FOLDER    data folder of the host, as for npm start
  --revoke         takes back all keys of the user instead
  --help           this text`;

/** The key goes to standard output inside the file alone; what is said to the user goes beside it. */
function main(): void {
  const {values} = parseArgs({options: {
    user: {type: 'string'}, alias: {type: 'string', default: 'localhost'}, port: {type: 'string'},
    data: {type: 'string'}, revoke: {type: 'boolean'}, help: {type: 'boolean', short: 'h'},
  }});
  if (values.help)
    return console.log(HELP);
  if (!/^[\w-]+$/.test(values.alias))
    throw new StartError('--alias takes letters, digits, dashes and underscores');
  const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
  const options = readOptions(['port', 'data'].flatMap((flag) =>
    values[flag as 'port'] === undefined ? [] : [`--${flag}`, values[flag as 'port']!]), process.env, root);
  if (options === 'help')
    return;
  const keys = new DevKeys(devKeysFile(options.dataFolder));
  const login = values.user ?? null;
  if (values.revoke)
    return console.error(`${keys.revoke(login)} keys of ${login ?? 'the administrator'} are taken back`);
  mkdirSync(options.dataFolder, {recursive: true});
  const key = keys.make(login);
  const url = `http://localhost:${options.port}/api`;
  console.log(`default: ${values.alias}\nservers:\n  ${values.alias}:\n    url: ${url}\n    key: ${key}`);
  console.error(`A new developer key of ${login ?? 'the administrator'}. The lines above are a ~/.grok/config.yaml; ` +
    `to add the server to one that is there:\n  npx grok config add --alias ${values.alias} --server ${url} --key KEY`);
}

try {
  main();
} catch (e) {
  const isSaid = e instanceof StartError || String((e as {code?: unknown}).code).startsWith('ERR_PARSE_ARGS');
  console.error(isSaid ? `${(e as Error).message}\n\n${HELP}` : e);
  process.exitCode = 1;
}
