import * as grok from 'datagrok-api/grok';
import {encodeAddress, type AddressState} from '../core/address';
import type {AppView} from '../ui/app-view';

/** Shows a state of the app: in the app where it is open, else by its address. */
export function openApp(state: AddressState): void {
  const view = [...grok.shell.views].find(({root}) => root?.classList.contains('ua-app')) as unknown as
    AppView | undefined;
  if (view != null) {
    grok.shell.v = view;
    view.filters.replace(state);
    return;
  }
  const query = encodeAddress({...state, tab: undefined});
  grok.shell.route(`/apps/UsageAnalysis/${encodeURIComponent(state.tab ?? '')}${query === '' ? '' : `?${query}`}`);
}
