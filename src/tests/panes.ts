import * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import {after, awaitCheck, category, expect, test} from '@datagrok-libraries/test/src/test';
import {ask} from './support';

category('Panes', () => {
  after(async () => grok.shell.closeAll());

  const header = (name: string): HTMLElement | undefined =>
    [...document.querySelectorAll<HTMLElement>('.d4-accordion-pane-header')]
      .find((e) => e.offsetParent != null && e.textContent!.trim() === name);

  /** Shows an entity in the context panel, opens one of its panes, and waits for its answer. */
  async function open(entity: DG.Entity, name: string): Promise<HTMLElement> {
    grok.shell.windows.showContextPanel = true;
    grok.shell.o = entity;
    await awaitCheck(() => header(name) != null, `There is no pane ${name}`, 10_000);
    if (!header(name)!.classList.contains('expanded'))
      header(name)!.click();
    const pane = (): HTMLElement | undefined => [...document.querySelectorAll<HTMLElement>('.ua-pane')]
      .find((e) => e.offsetParent != null && e.getAttribute('aria-label')!.startsWith(name));
    await awaitCheck(() => pane() != null && pane()!.querySelector('.grok-loader') == null &&
      pane()!.textContent!.trim() !== '', `The pane ${name} has no answer`, 20_000);
    return pane()!;
  }

  test('Usage', async () => {
    const me = await grok.dapi.users.current();
    // Seven whole days of the local zone. This test is logged while it runs, so the number lies between two counts.
    const midnight = (days: number): string => {
      const now = new Date();
      return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days).toISOString();
    };
    const count = async (): Promise<number> => {
      const frame = await ask('EventRows', {from: midnight(-6), to: midnight(1), users: [me.id], measure: 'events',
        pageSize: 1});
      return frame.rowCount === 0 ? 0 : Number(frame.get('total', 0));
    };
    const least = await count();
    const pane = await open(me, 'Usage');
    const most = await count();
    [...pane.querySelectorAll<HTMLElement>('button')].find((e) => e.textContent === '7 days')!.click();
    const shown = [...pane.querySelectorAll<HTMLTableRowElement>('.ua-counts tr')]
      .find((row) => row.cells[0].textContent === 'Events')!.cells[1].textContent!.replaceAll(',', '');
    expect(least <= Number(shown) && Number(shown) <= most, true, `${shown} is not in ${least}..${most}`);
  });

  test('Activity', async () => {
    const pane = await open(await grok.dapi.users.current(), 'Activity');
    expect(pane.querySelector('.ua-problem'), null);
    // Whoever runs this has at least started the client.
    expect(pane.querySelectorAll('.ua-activity-row').length > 0, true);
  });

  test('Home page', async () => {
    const widget: DG.Widget = await grok.functions.call('UsageAnalysis:usageWidget', {});
    document.body.append(widget.root);
    await awaitCheck(() => widget.root.querySelectorAll('.ua-home-line').length === 2, 'The widget has no answer', 10_000);
    expect(widget.root.querySelectorAll('svg').length, 2);
    widget.root.remove();
    widget.detach();
  });
});
