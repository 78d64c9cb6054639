import * as ui from 'datagrok-api/ui';
import type {Command} from './command';

/** The sheet of keys, made from the list itself. */
export function help(all: () => readonly Command[]): Command {
  return {name: 'Keys', description: 'What the keys do', icon: 'question-circle', keys: ['?'], run: () => {
    const rows = Object.fromEntries(all().map((c) => [c.keys.join(', '), `${c.name}: ${c.description}`]));
    ui.dialog('Keys').add(ui.tableFromMap(rows)).show();
  }};
}
