import * as grok from 'datagrok-api/grok';
import {after, category, expect, expectArray, test} from '@datagrok-libraries/test/src/test';
import {sumOf} from '../data/points';
import {ask, card, failures, openTab} from './support';

category('Tabs', () => {
  after(async () => grok.shell.closeAll());

  // Panels that each tab shows first.
  for (const [tab, panels] of [['Overview', 4], ['Packages', 2], ['Functions', 1], ['Events', 2]] as const) {
    test(tab, async () => {
      const view = await openTab(tab, panels);
      expectArray(failures(), []);
      expect(view.root.classList.contains('ua-app'), true);
    });
  }

  test('Overview: the card of events is the sum of the events', async () => {
    await openTab('Overview', 4);
    expect(card('events'), sumOf(await ask('OverviewActivity', {unit: 'day'}), 'events'));
  });

  test('a package that is filtered by leaves its own events', async () => {
    const frame = await ask('OverviewActivity', {unit: 'day'});
    const [packages, events] = ['package_name', 'events'].map((name) => frame.getCol(name).toList());
    const own = events.reduce((sum: number, count: number, i: number) => packages[i] === 'Core' ? sum + count : sum, 0);
    await openTab('Overview', 4, '&packages=Core');
    expect(card('events'), own);
  });
});
