import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import path from 'node:path';
import puppeteer, {type Browser} from 'puppeteer';

const systemNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const systemFiles = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium'];

function onPath(name: string): string | undefined {
  return (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, name)).find(existsSync);
}

function fromEnvironment(): string | undefined {
  for (const name of ['PUPPETEER_EXECUTABLE_PATH', 'CHROME_PATH', 'CHROME_BIN']) {
    const file = process.env[name];
    if (file != null && file !== '') {
      if (!existsSync(file))
        throw new Error(`${name} names a browser that is not there: ${file}`);
      return file;
    }
  }
  return undefined;
}

function fromCache(): string | undefined {
  try {
    const file = puppeteer.executablePath();
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

/** Whatever browser the machine has: the one named by the environment, Chromium or Chrome, puppeteer's own. */
export function findBrowser(): string | undefined {
  return fromEnvironment() ?? systemNames.map(onPath).find((file) => file != null) ?? systemFiles.find(existsSync) ??
    fromCache();
}

function run(command: string, args: string[]): boolean {
  // A network that swallows everything must not hold up the tests for ever.
  return spawnSync(command, args, {stdio: ['ignore', 'inherit', 'inherit'], timeout: 10 * 60_000}).status === 0;
}

/** On Debian, as root or with a password-less sudo, the distribution's own package. */
function installFromDebian(): void {
  if (onPath('apt-get') == null)
    return;
  const root = process.getuid?.() === 0;
  if (!root && (onPath('sudo') == null || !run('sudo', ['-n', 'true'])))
    return;
  const apt = (...args: string[]): boolean => root ? run('apt-get', args) : run('sudo', ['-n', 'apt-get', ...args]);
  console.log('Installing Debian\'s chromium...');
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', 'chromium');
}

/**
 * The browser for the tests; gets one when the machine has none, and says so.
 * @throws when there is none and none can be had, with what to do.
 */
export function ensureBrowser(): string {
  const found = findBrowser();
  if (found != null)
    return found;
  console.log('No browser found. Trying puppeteer\'s download...');
  run(process.execPath, [path.join('node_modules', 'puppeteer', 'lib', 'cjs', 'puppeteer', 'node', 'cli.js'),
    'browsers', 'install', 'chrome']);
  if (findBrowser() == null)
    installFromDebian();
  const file = findBrowser();
  if (file == null)
    throw new Error('No browser, and none could be installed. Install Chromium or Chrome, ' +
      'or name one in PUPPETEER_EXECUTABLE_PATH.');
  console.log(`Browser: ${file}`);
  return file;
}

/** A headless browser; close it yourself. */
export function launchBrowser(width = 1440, height = 900): Promise<Browser> {
  return puppeteer.launch({
    executablePath: ensureBrowser(),
    headless: true,
    defaultViewport: {width, height},
    args: ['--disable-dev-shm-usage', '--disable-gpu', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--disable-quic', '--js-flags=--expose-gc',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
}
