import type {TabDeclaration} from '../ui/app-view';
import {EventsTab} from './events';
import {FunctionsTab} from './functions';
import {OverviewTab} from './overview';
import {PackagesTab} from './packages';

/** The tabs, in the order in which they are shown. */
export const tabs: readonly TabDeclaration[] = [
  {name: 'Overview', create: (app) => new OverviewTab(app)},
  {name: 'Packages', create: (app) => new PackagesTab(app)},
  {name: 'Functions', create: (app) => new FunctionsTab(app)},
  {name: 'Events', create: (app) => new EventsTab(app)},
];
