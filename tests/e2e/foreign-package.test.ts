import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {test} from 'node:test';
import assert from 'node:assert/strict';
import {root, startHost} from '../support/host.ts';

/** A package as somebody else would publish it: a query, an app with a scatter plot, and one that throws. */
async function writePackages(folder: string): Promise<void> {
  const put = async (file: string, text: string): Promise<void> => {
    await mkdir(path.dirname(path.join(folder, file)), {recursive: true});
    await writeFile(path.join(folder, file), text);
  };
  await put('tiny-one/package.json', JSON.stringify({name: 'tiny-one', friendlyName: 'Tiny One', version: '1.2.3'}));
  await put('tiny-one/queries/users.sql', `--name: User Counts
--connection: System:Datagrok
--input: int least = 0
select status, count(*)::int as n, min(joined) as first from users group by status having count(*) >= @least order by 1
--end
`);
  await put('tiny-one/dist/package.js', `var tinyone = (() => {
  const _package = new DG.Package();
  //name: Tiny
  //tags: app
  //output: view v
  async function tinyApp() {
    const df = await grok.data.query('TinyOne:UserCounts', {});
    const view = DG.View.create();
    view.name = 'Tiny';
    view.append(DG.Viewer.scatterPlot(df, {x: 'first', y: 'n', color: 'status'}));
    return view;
  }
  //name: twice
  //input: int x
  //output: int y
  function twice(x) {return 2 * x;}
  return {_package, tinyApp, twice};
})();`);
  await put('broken-one/package.json', JSON.stringify({name: 'broken-one', friendlyName: 'Broken One', version: '1.0.0'}));
  await put('broken-one/dist/package.js', `//name: Boom
//tags: app
//output: view v
function boom() {}
throw new Error('this package throws while it loads');`);
}

test('a package dropped in a folder runs beside the others, and a broken one harms nobody', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'foreign-'));
  await writePackages(folder);
  const host = await startHost({packageFolders: [root, folder]});
  try {
    assert.deepEqual(host.app.appAddresses().sort(),
      ['/apps/BrokenOne', '/apps/TinyOne', '/apps/UsageAnalysis']);
    const {page, close} = await host.openPage('/apps/TinyOne');
    await page.waitForFunction(() => (window as any).grok.shell.v?.name === 'Tiny');
    await page.waitForSelector('.d4-viewer');
    const seen = await page.evaluate(async () => {
      const {grok, DG} = window as any;
      const viewer = DG.Widget.find(document.querySelector('.d4-viewer'));
      const boom = await grok.functions.call('BrokenOne:boom').then(() => null, (e: any) => String(e?.message ?? e));
      return {type: viewer.type, rows: viewer.dataFrame.rowCount, types: viewer.dataFrame.columns.toList()
        .map((c: any) => c.type), twice: await grok.functions.call('tinyone:Twice', {x: 21}), boom,
      version: DG.Func.find({package: 'TinyOne', name: 'twice'})[0].package.version};
    });
    assert.equal(seen.type, 'Scatter plot');
    assert.ok(seen.rows >= 2);
    assert.deepEqual(seen.types, ['string', 'int', 'datetime']);
    assert.equal(seen.twice, 42);
    assert.equal(seen.version, '1.2.3');
    assert.match(seen.boom ?? '', /throws while it loads/);
    await close();
  } finally {
    await host.close();
    await rm(folder, {recursive: true, force: true});
  }
});
