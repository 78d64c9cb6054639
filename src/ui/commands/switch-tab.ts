import type {Command} from './command';

/** The n-th tab, from 1. */
export function switchTab(n: number): Command {
  return {name: `Tab ${n}`, description: `Show tab ${n}`, keys: [String(n), `Alt+${n}`],
    available: (app) => n <= app.tabNames.length, run: (app) => app.openTab(app.tabNames[n - 1])};
}
