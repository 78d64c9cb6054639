import type {TabDeclaration} from '../ui/app-view';
import {OverviewTab} from './overview';
import {PackagesTab} from './packages';

/** The tabs, in the order in which they are shown. */
export const tabs: readonly TabDeclaration[] = [
  {name: 'Overview', create: (app) => new OverviewTab(app)},
  {name: 'Packages', create: (app) => new PackagesTab(app)},
];
