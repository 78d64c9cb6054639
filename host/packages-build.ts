import {spawn} from 'node:child_process';
import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs';
import path from 'node:path';
import {step} from './progress.ts';

/** Newest change below a folder, epoch milliseconds; 0 when it is not there. */
function newest(place: string): number {
  if (!existsSync(place))
    return 0;
  const stat = statSync(place);
  if (!stat.isDirectory())
    return stat.mtimeMs;
  return Math.max(0, ...readdirSync(place).map((name) => newest(path.join(place, name))));
}

/** True for a package under development whose bundle is missing or older than what it is made of. */
function needsBuild(folder: string): boolean {
  const manifest = path.join(folder, 'package.json');
  if (!existsSync(manifest) || !existsSync(path.join(folder, 'src')))
    return false;
  if (JSON.parse(readFileSync(manifest, 'utf8')).scripts?.build == null)
    return false;
  const made = ['package.json', 'src', 'css', 'webpack.config.js', 'tsconfig.json'].map((f) => path.join(folder, f));
  return Math.max(...made.map(newest)) > newest(path.join(folder, 'dist', 'package.js'));
}

/**
 * Runs `npm run build` in those of the folders that are packages under development and have changed. Packages that
 * come as published files are left alone.
 * @throws with the build's output when it fails.
 */
export async function buildPackages(folders: string[]): Promise<void> {
  for (const folder of folders.filter(needsBuild))
    await step(`Building the package in ${path.relative(process.cwd(), folder) || '.'}`, () => build(folder));
}

function build(folder: string): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn('npm', ['run', '--silent', 'build'], {cwd: folder, stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32'});
    let output = '';
    child.stdout.on('data', (chunk) => output += chunk);
    child.stderr.on('data', (chunk) => output += chunk);
    child.on('error', fail);
    child.on('close', (code) => code === 0 ? done() : fail(new Error(`The build of ${folder} failed:\n${output}`)));
  });
}
