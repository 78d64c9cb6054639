import {privacyDialog} from '../privacy-dialog';
import type {Command} from './command';

export const privacy: Command = {name: 'Privacy', description: 'Hide names and values from everybody', icon: 'user-secret',
  keys: ['p'], run: (app) => privacyDialog(app.privacy, () => app.reload())};
