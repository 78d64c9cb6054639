import {after, before, test} from 'node:test';
import assert from 'node:assert/strict';
import {settled} from '../support/app-page.ts';
import {startHost, type TestHost} from '../support/host.ts';
import {withClient} from '../support/postgres.ts';

let host: TestHost;
let login: string;

before(async () => {
  host = await startHost();
  login = await withClient(host.databaseUrl, async (client) => (await client.query(`select u.login from users u
    where u.status = 'active' and not u.is_service and u.login not in ('admin', 'system', 'test')
    and not exists (select 1 from groups_relations r join groups g on g.id = r.parent_id
      where r.child_id = u.group_id and g.name = 'Administrators') order by u.login limit 1`)).rows[0].login);
});

after(() => host?.close());

test('somebody outside the groups of the package sees the reason instead of the app', async () => {
  const {page, close} = await host.openPage(`/apps/UsageAnalysis?user=${login}`);
  await page.waitForFunction(() => document.body.innerText.includes('403'));
  const text = await page.evaluate(() => document.body.innerText);
  assert.match(text, /Usage Analysis/);
  assert.match(text, /Administrators/);
  assert.equal(await page.$('.ua-tab'), null);
  await close();
});

test('the queries refuse somebody outside the groups, whatever the page does', async () => {
  const {page, close} = await host.openPage(`/?user=${login}`);
  const outcome = await page.evaluate(async () => {
    const {grok, DG} = (window as any);
    const found = DG.Func.find({package: 'UsageAnalysis'}).length;
    try {
      await grok.functions.call('UsageAnalysis:OverviewTotals', {from: '2026-02-01', to: '2026-03-01'});
      return {found, refused: null};
    } catch (e: any) {
      return {found, refused: String(e?.message ?? e)};
    }
  });
  assert.equal(outcome.found, 0);
  assert.match(outcome.refused ?? '', /Administrators/);
  await close();
});

test('the administrator gets in again', async () => {
  const {page, close} = await host.openPage(`/apps/UsageAnalysis?user=admin&date=2026-02-01..2026-02-28`);
  await settled(page, 4);
  await close();
});
