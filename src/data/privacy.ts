import * as grok from 'datagrok-api/grok';
import {runQuery} from './query';

/** The group whose tags hold the setting: only its administrators may edit it, and no publication replaces it. */
const ADMINISTRATORS = '1ab8b38d-9c4e-4b1e-81c3-ae2bde3e12c5';
const HIDE_NAMES = 'usage-analysis:hide-names';
const HIDE_VALUES = 'usage-analysis:hide-values:';

/** How often, and after how many milliseconds each, a change is looked for on the server. */
const CHECKS = [0, 200, 1000];

/** What is hidden from everybody, by the server, in every answer. */
export interface PrivacySetting {
  readonly hidesNames: boolean;
  /** Names of parameters whose values are hidden, besides those that are called like secrets. Without duplicates. */
  readonly parameters: readonly string[];
}

/** Reads the setting. Rejects when the query does. */
export async function loadPrivacy(): Promise<PrivacySetting> {
  const frame = await runQuery('Privacy', {});
  const parameters: string = frame.get('parameters', 0) ?? '';
  return {hidesNames: frame.get('hides_names', 0) === true, parameters: parameters === '' ? [] : parameters.split('\n')};
}

/**
 * Changes the setting for everybody.
 * @throws when the server refuses, or when it does not tell the new setting afterwards.
 */
export async function savePrivacy(setting: PrivacySetting): Promise<void> {
  const group = await grok.dapi.groups.find(ADMINISTRATORS);
  if (group == null)
    throw new Error('This server has no group Administrators, on which the setting is kept');
  const [wanted, present] = [tagsOf(setting), tagsOf(await loadPrivacy())];
  // The platform answers at once or later, depending on its version; a refusal comes either way.
  for (const tag of wanted.filter((one) => !present.includes(one)))
    await group.tag(tag);
  for (const tag of present.filter((one) => !wanted.includes(one)))
    await group.unTag(tag);
  for (const pause of CHECKS) {
    await new Promise((done) => setTimeout(done, pause));
    if (JSON.stringify(tagsOf(await loadPrivacy())) === JSON.stringify(wanted))
      return;
  }
  throw new Error('The server did not take the setting: may you edit the group Administrators?');
}

function tagsOf({hidesNames, parameters}: PrivacySetting): string[] {
  return [...hidesNames ? [HIDE_NAMES] : [], ...parameters.map((name) => HIDE_VALUES + name)].sort();
}

/** What the open app knows of the setting; names count as shown until it is read. */
export class Privacy {
  private setting: PrivacySetting = {hidesNames: false, parameters: []};

  constructor(private readonly changed: () => void) {}

  get hidesNames(): boolean {return this.setting.hidesNames;}
  get value(): PrivacySetting {return this.setting;}

  /** Never rejects: answers are hidden by the server, whether the page knows or not. */
  async load(): Promise<void> {
    try {
      this.setting = await loadPrivacy();
      this.changed();
    } catch (e) {
      console.warn('The privacy setting could not be read', e);
    }
  }

  /** Changes the setting and takes it over. @throws as `savePrivacy` does. */
  async save(setting: PrivacySetting): Promise<void> {
    await savePrivacy(setting);
    this.setting = setting;
    this.changed();
  }
}
