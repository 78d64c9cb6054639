import type {Command} from './command';

export const clearSelection: Command = {name: 'Clear selection', description: 'Let go of selected points and rows',
  keys: ['Escape'], run: (app) => void app.currentTab?.clearSelection()};
