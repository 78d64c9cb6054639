import type * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import {category, expect, test} from '@datagrok-libraries/test/src/test';
import {sumOf} from '../data/points';
import {ask} from './support';

// What one query counts, another counts too: whatever is in the log, the parts add up to the whole.
category('Queries', () => {
  const totals = async (name: string): Promise<number> => {
    const frame = await ask('OverviewTotals', {previousFrom: '2000-01-01T00:00:00Z', previousTo: '2000-01-02T00:00:00Z'});
    return frame.get(name, frame.getCol('period').toList().indexOf('current'));
  };

  for (const query of ['OverviewActivity', 'PackagesActivity', 'EventsActivity']) {
    test(`${query} adds up to the total of events`, async () =>
      expect(sumOf(await ask(query, {unit: 'day'}), 'events'), await totals('events')));
  }

  test('FunctionsActivity adds up to the total of runs', async () =>
    expect(sumOf(await ask('FunctionsActivity', {unit: 'day'}), 'runs'), await totals('runs')));

  test('EventRows tells how many events there are', async () => {
    const frame = await ask('EventRows', {measure: 'events', pageSize: 1});
    expect(frame.rowCount === 0 ? 0 : Number(frame.get('total', 0)), await totals('events'));
  });

  test('kept counts and queries give the same numbers', async () => {
    for (const name of ['last 28 days', 'last 90 days']) {
      const frame: DG.DataFrame = await grok.functions.call('UsageAnalysis:checkUsageNumbers', {range: name, zone: 'UTC'});
      expect(frame.rowCount, 5);
      expect(sumOf(frame, 'different'), 0, frame.getCol('first difference').toList().join('; '));
      expect(frame.getCol('rows by summaries').stats.missingValueCount, 0);
    }
  });

  test('days and weeks have the same events', async () =>
    expect(sumOf(await ask('OverviewActivity', {unit: 'week'}), 'events'),
      sumOf(await ask('OverviewActivity', {unit: 'day'}), 'events')));
});
