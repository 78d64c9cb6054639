import * as DG from 'datagrok-api/dg';
import {subjectOf} from './data/subject';
import {pane, registerPanes} from './panes/register';
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
export async function usageAnalysisApp(path?: string): Promise<DG.ViewBase> {
  const [{AppView}, {tabs}] = await Promise.all([import('./ui/app-view'), import('./tabs')]);
  return new AppView(tabs, withQuery(path ?? ''));
}

//name: Usage Analysis panes
//description: Shows who uses a thing, and what happened to it, beside it in the context panel
//tags: autostart
//meta.role: autostart
export function startUsagePanes(): void {
  registerPanes();
}

//name: Check Usage Numbers
//description: Compares the kept counts of Usage Analysis with its queries, answer by answer; today is left out
//input: string range = "last 30 days" {optional: true}
//input: string zone = "UTC" {optional: true}
//output: dataframe result
export async function checkUsageNumbers(range?: string, zone?: string): Promise<DG.DataFrame> {
  const {checkRange} = await import('./data/self-check');
  return await checkRange(range ?? 'last 30 days', zone ?? 'UTC');
}

//name: Usage
//description: Who uses this file, and how much, where the log names it
//tags: panel
//meta.role: panel
//input: file file
//output: widget result
export function fileUsage(file: DG.FileInfo): DG.Widget {
  const subject = subjectOf(file);
  return DG.Widget.fromRoot(subject == null ? nothing() : pane('Usage', subject));
}

//name: Usage
//description: Active users and errors of the last weeks
//meta.role: dashboard
//output: widget result
export async function usageWidget(): Promise<DG.Widget> {
  const {HomeWidget} = await import('./panes/home-widget');
  return new HomeWidget();
}

function nothing(): HTMLElement {
  const root = document.createElement('div');
  root.textContent = 'The log does not name this file.';
  return root;
}

/** The platform passes the path; the query of an address that opens the app is still in the address bar. */
function withQuery(path: string): string {
  const opened = /^\/(browse\/)?apps\//.test(location.pathname) && !path.includes('?');
  return opened ? `${path}${location.search}` : path;
}
