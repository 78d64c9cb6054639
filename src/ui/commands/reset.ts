import type {Command} from './command';

export const reset: Command = {name: 'Reset filters', description: 'Last 30 days, everybody, all packages',
  icon: 'filter-slash', keys: ['x'], run: (app) => app.filters.reset()};
