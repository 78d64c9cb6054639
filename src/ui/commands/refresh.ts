import type {Command} from './command';

export const refresh: Command = {name: 'Refresh', description: 'Ask everything again', icon: 'sync', keys: ['r'],
  run: (app) => app.refresh()};
