import * as DG from 'datagrok-api/dg';
import {AppView} from './ui/app-view';
import {tabs} from './tabs';
import '../css/usage-analysis.css';

export const _package = new DG.Package();

//name: Usage Analysis
//description: Who uses the platform, what they use, how long it takes and what goes wrong
//tags: app
//meta.role: app
//meta.icon: images/icon.svg
//meta.browsePath: Admin
//input: string path {optional: true; meta.url: true}
//output: view result
export function usageAnalysisApp(path?: string): DG.ViewBase {
  return new AppView(tabs, withQuery(path ?? ''));
}

/** The platform passes the path; the query of an address that opens the app is still in the address bar. */
function withQuery(path: string): string {
  const opened = /^\/(browse\/)?apps\//.test(location.pathname) && !path.includes('?');
  return opened ? `${path}${location.search}` : path;
}
