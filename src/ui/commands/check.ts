import * as grok from 'datagrok-api/grok';
import {messageOf} from '../../data/runner';
import {checkPaths, checksFrame} from '../../data/self-check';
import type {AppView} from '../app-view';
import type {Command} from './command';

export const check: Command = {name: 'Check the numbers', icon: 'check-double', keys: ['n'],
  description: 'Compare kept counts with the queries, for this range and these filters, today left out',
  run: (app) => void run(app)};

async function run(app: AppView): Promise<void> {
  grok.shell.info('The numbers are being compared');
  try {
    const checks = await checkPaths(app.filters.request, Date.now(), new AbortController().signal);
    if (checks == null)
      return void grok.shell.warning('There is nothing to compare: the range holds no day before today');
    const different = checks.reduce((sum, one) => sum + one.different, 0);
    grok.shell.addTableView(checksFrame(checks));
    if (different === 0)
      grok.shell.info('All ways give the same numbers');
    else
      grok.shell.error(`${different} rows differ. Refresh counts anew; if they still differ, please report it`);
  } catch (e) {
    grok.shell.error(messageOf(e));
  }
}
