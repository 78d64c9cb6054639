import * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import * as ui from 'datagrok-api/ui';
import type {Privacy} from '../data/privacy';
import {messageOf} from '../data/runner';
import {div} from './dom';

/** Longest name of a parameter that is taken. */
const LONGEST = 200;

/**
 * What is hidden from everybody, to be changed by those who may edit the group Administrators.
 * @param saved called once the server took a change.
 */
export function privacyDialog(privacy: Privacy, saved: () => void): void {
  const {hidesNames, parameters} = privacy.value;
  const names = ui.input.bool('Hide names', {value: hidesNames,
    tooltipText: 'Every answer tells pseudonyms in place of the names and logins of people'}) as DG.InputBase<boolean>;
  const values = ui.input.textArea('Hide values of', {value: parameters.join('\n'),
    tooltipText: 'Names of parameters, one on each line'}) as DG.InputBase<string>;
  ui.dialog({title: 'Privacy'})
    .add(div('ua-privacy',
      div('ua-panel-note', 'Holds for everybody, on every tab, pane and export. The server leaves out what is hidden.'),
      div('ui-form ui-form-condensed', names.root, values.root),
      div('ua-panel-note', 'Values of parameters that are called like secrets (password, token, api key, ...) are always ' +
        'hidden. A pseudonym is still personal data: whoever knows the id of an account knows whose it is.')))
    .onOK(() => void save())
    .show({width: 460});

  async function save(): Promise<void> {
    const lines = values.value.split('\n').map((line) => line.trim().slice(0, LONGEST)).filter((line) => line !== '');
    try {
      await privacy.save({hidesNames: names.value === true, parameters: [...new Set(lines)]});
      grok.shell.info('The privacy setting is saved');
      saved();
    } catch (e) {
      grok.shell.error(messageOf(e));
    }
  }
}
