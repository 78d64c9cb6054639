import type {AppView} from '../app-view';

/** One thing that can be done in the app. Ribbon, keyboard and help sheet are made from the list of these. */
export interface Command {
  readonly name: string;
  /** What it does, for tooltips. */
  readonly description: string;
  /** Font Awesome name; without one the command is not in the ribbon. */
  readonly icon?: string;
  /** Keys as `event.key` names them, without modifiers unless written `Alt+1`. */
  readonly keys: readonly string[];
  available?(app: AppView): boolean;
  run(app: AppView): void;
}
