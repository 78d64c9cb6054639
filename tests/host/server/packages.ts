import {mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';

/** A temporary folder, removed by `remove`. */
export function temporaryFolder(): {folder: string; remove(): void} {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), 'packages-'));
  return {folder, remove: () => rmSync(folder, {recursive: true, force: true})};
}

/** Writes files by relative path; objects become JSON. */
export function writeFiles(folder: string, files: Record<string, string | object>): string {
  for (const [relative, content] of Object.entries(files)) {
    const file = path.join(folder, relative);
    mkdirSync(path.dirname(file), {recursive: true});
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

/** A package for everybody, known by its bundle alone, with an app, a function, a query and a file. */
export const OPEN_PACKAGE = {
  'package.json': {name: '@acme/open-chart', friendlyName: 'Open Chart', version: '1.2.3', meta: {url: '/chart/'}},
  'dist/package.js': `var openchart;
(() => {
  //name: Chart
  //meta.role: app
  //output: view result
  function chartApp() { return null; }
  //name: Twice
  //input: int n = 2
  //output: int result
  async function twice(n) { return n * 2; }
  openchart = {chartApp, twice};
})();
`,
  'queries/people.sql': `--name: logins from
--connection: System:Datagrok
--input: string first = "a"
select login from users where login >= @first order by login
--end
--name: count of events
--connection: System:Datagrok
--output: int n
select count(*)::int as n from events
`,
  'files/help/start.md': '# Start\nключ ✓\n',
  '.env': 'PASSWORD=1',
  'connections/warehouse.json': {name: 'Warehouse', dataSource: 'Postgres', credentials: {parameters: {password: 'x'}}},
};

/** A package for one group. */
export const GUARDED_PACKAGE = {
  'package.json': {name: 'guarded-numbers', friendlyName: 'Guarded Numbers', version: '0.1.0', canView: ['chemists']},
  'dist/package.js': '//name: Numbers\n//tags: app\nexports.numbersApp = () => null;\n',
  'queries/secret.sql': '--name: secret\n--connection: System:Datagrok\nselect 42 as answer\n',
  'files/secret.txt': 'secret',
};
