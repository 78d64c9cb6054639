import {spawn} from 'node:child_process';
import {readdirSync} from 'node:fs';
import path from 'node:path';
import {run} from 'node:test';
import {fileURLToPath} from 'node:url';
import {ensureBrowser} from './support/browser.ts';
import {testServer} from './support/postgres.ts';

/**
 * Every check of the project, in the order in which they are quickest to fail, and a line of counts at the end.
 * `npm test -- sql shell` runs only the test files whose paths contain one of the words.
 */
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const words = process.argv.slice(2);

interface Counts {passed: number; failed: number; skipped: number}
const counts: Counts = {passed: 0, failed: 0, skipped: 0};

/** Runs a command of package.json as one check. */
async function step(name: string, script: string): Promise<void> {
  const started = Date.now();
  process.stdout.write(`${name} ... `);
  const child = spawn('npm', ['run', '--silent', script], {cwd: root, stdio: ['ignore', 'pipe', 'pipe']});
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => output += chunk);
  const code = await new Promise<number | null>((done) => child.on('close', done));
  console.log(`${code === 0 ? 'ok' : 'FAILED'} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (code !== 0)
    console.log(output);
  counts[code === 0 ? 'passed' : 'failed']++;
}

function testFiles(): string[] {
  return (readdirSync(path.join(root, 'tests'), {recursive: true}) as string[])
    .filter((file) => file.endsWith('.test.ts') && (words.length === 0 || words.some((w) => file.includes(w))))
    .sort().map((file) => path.join(root, 'tests', file));
}

/** Runs the files in processes of their own, two at a time, and prints a line for each file and each failure. */
async function files(): Promise<void> {
  const perFile = new Map<string, Counts>();
  const of = (file: string): Counts => {
    const key = path.relative(root, file);
    if (!perFile.has(key))
      perFile.set(key, {passed: 0, failed: 0, skipped: 0});
    return perFile.get(key)!;
  };
  const all = testFiles();
  const errors = new Map<string, string>();
  const stream = run({files: all, concurrency: 2, timeout: 15 * 60_000});
  stream.on('test:pass', (data) => {
    if ((data.details as any).type === 'suite' || isFile(data))
      return;
    const isSkipped = [data.skip, data.todo].some((reason) => reason != null && reason !== false);
    const kind = isSkipped ? 'skipped' : 'passed';
    counts[kind]++;
    of(data.file ?? data.name)[kind]++;
  });
  stream.on('test:fail', (data) => {
    if ((data.details as any).type === 'suite' && (data.details.error as any)?.failureType === 'subtestsFailed')
      return;
    const error = data.details.error as any;
    if (error?.failureType === 'subtestsFailed')
      return;
    counts.failed++;
    of(data.file ?? data.name).failed++;
    console.log(`\nFAILED ${path.relative(root, data.file ?? '')}: ${data.name}`);
    console.log(String(error?.cause?.stack ?? error?.cause ?? error?.stack ?? error));
    // A process that broke down outside its tests says why on its error stream alone.
    if (isFile(data))
      console.log((errors.get(data.file ?? '') ?? '').trim().split('\n').slice(0, 30).join('\n'));
  });
  stream.on('test:stderr', ({file, message}) => {
    errors.set(file, ((errors.get(file) ?? '') + message).slice(-20_000));
    if (process.env.VERBOSE)
      process.stderr.write(message);
  });
  stream.on('test:stdout', ({message}) => process.env.VERBOSE && process.stdout.write(message));
  stream.resume();
  await new Promise((done) => stream.on('end', done));
  for (const file of all.filter((one) => !perFile.has(path.relative(root, one)))) {
    console.log(`\nFAILED ${path.relative(root, file)}: it told of no test`);
    counts.failed++;
    of(file).failed++;
  }
  for (const [file, c] of [...perFile].sort())
    console.log(`${c.failed > 0 ? 'FAILED' : 'ok    '} ${file}: ${c.passed} passed` +
      `${c.failed > 0 ? `, ${c.failed} failed` : ''}${c.skipped > 0 ? `, ${c.skipped} skipped` : ''}`);
}

/** The runner announces each file as a test of its own; only what is inside counts. */
function isFile(data: {name: string; nesting: number}): boolean {
  return data.nesting === 0 && data.name.endsWith('.test.ts');
}

async function main(): Promise<void> {
  const started = Date.now();
  if (words.length === 0) {
    await step('types', 'types');
    await step('lint', 'lint');
  }
  await step('build', 'build');
  ensureBrowser();
  const server = await testServer();
  process.env.UA_TEST_SERVER_URL = server.url;
  try {
    await files();
  } finally {
    await server.close();
  }
  console.log(`\nTook ${Math.round((Date.now() - started) / 1000)} s`);
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
}

main().catch((e) => {
  console.error(e);
  console.log(`${counts.passed} passed, ${counts.failed + 1} failed, ${counts.skipped} skipped`);
  process.exitCode = 1;
});
