import * as DG from 'datagrok-api/dg';
import {EMPTY_ADDRESS} from '../core/address';
import {formatCount} from '../core/format';
import {localZone} from '../core/zone';
import {askWeeks, WEEKS, type Weeks} from '../data/home';
import {div, element, linkButton} from '../ui/dom';
import {sparkline} from '../ui/sparkline';
import {answered} from './answered';
import {openApp} from './open-app';

/** The home page's card: active users and errors of the last weeks, and the way to the app. */
export class HomeWidget extends DG.Widget {
  constructor() {
    super(div('ua-home'));
    const control = new AbortController();
    this.root.append(answered((signal) => askWeeks(localZone(), signal), content, control.signal),
      linkButton('Open Usage Analysis', () => openApp({...EMPTY_ADDRESS, tab: 'Overview'}), 'Who uses what, and how much'));
  }
}

function content({users, errors}: Weeks): Node {
  return div('ua-home-lines', line('Active users', 'users', users), line('Errors', 'errors', errors));
}

/** Yesterday is the last whole day; today is still running. */
function line(title: string, kind: string, values: readonly number[]): HTMLElement {
  const root = div(`ua-home-line ua-home-${kind}`, element('span', 'ua-home-title', title),
    element('span', 'ua-home-number', formatCount(values.at(-2) ?? 0)), sparkline(values, `${title} per day`),
    element('span', 'ua-panel-note', `yesterday · ${WEEKS} weeks`));
  return root;
}
