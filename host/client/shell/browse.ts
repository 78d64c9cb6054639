import {createViewByType} from '../views/index.ts';
import {workspace} from '../views/workspace.ts';
import {apps, type App} from './apps.ts';
import {appIcon, bindApp} from './app-tile.ts';
import {box, iconOf, text} from './dom.ts';
import {entityKinds} from './entity-kinds.ts';

/** Fills the browse panel: apps by package, and the platform's lists. Read again whenever a package is loaded. */
export function fillBrowse(place: HTMLElement): void {
  place.classList.add('grok-browse');
  place.replaceChildren(
    group('Apps', byPackage(apps()), 'No apps.'),
    group('Platform', entityKinds.map((kind) => {
      const node = item(iconOf(kind.icon), kind.title);
      node.dataset.type = kind.type;
      node.addEventListener('click', () => openList(kind.type, false));
      node.addEventListener('dblclick', () => openList(kind.type, true));
      node.addEventListener('keydown', (e) => {
        if (e.key === 'Enter')
          openList(kind.type, true);
      });
      return node;
    }), ''));
  place.setAttribute('role', 'tree');
  place.onkeydown = (e) => moveFocus(place, e);
}

/** A list opens as a preview, which the next one replaces; a double click keeps it. */
function openList(type: string, keep: boolean): void {
  const open = workspace.views.find((v) => v.type === type);
  if (open == null)
    workspace.add(createViewByType(type), {preview: !keep});
  else
    workspace.activate(open);
  if (keep && open != null)
    open.isPinned = true;
}

/** Packages with several apps get a level of their own. */
function byPackage(all: App[]): HTMLElement[] {
  const packages = new Map<string, App[]>();
  for (const app of all)
    packages.set(app.packageTitle, [...packages.get(app.packageTitle) ?? [], app]);
  return [...packages].flatMap(([title, own]) => own.length === 1 ? [appNode(own[0])] :
    [group(title, own.map(appNode), '')]);
}

function appNode(app: App): HTMLElement {
  const node = item(appIcon(app), app.name);
  bindApp(node, app);
  node.setAttribute('role', 'treeitem');
  return node;
}

function item(icon: HTMLElement, caption: string): HTMLElement {
  const node = box('grok-browse-item', icon, text('grok-browse-item-text', caption));
  node.tabIndex = 0;
  node.setAttribute('role', 'treeitem');
  return node;
}

function group(caption: string, items: HTMLElement[], whenEmpty: string): HTMLElement {
  const root = document.createElement('details');
  root.className = 'grok-browse-group';
  root.open = true;
  const title = document.createElement('summary');
  title.textContent = caption;
  root.append(title, ...(items.length > 0 ? items : [box('grok-entity-empty', whenEmpty)]));
  return root;
}

function moveFocus(place: HTMLElement, e: KeyboardEvent): void {
  const step = e.key === 'ArrowDown' ? 1 : e.key === 'ArrowUp' ? -1 : 0;
  const nodes = [...place.querySelectorAll<HTMLElement>('summary, .grok-browse-item')].filter((n) => n.offsetParent != null);
  const next = nodes[nodes.indexOf(document.activeElement as HTMLElement) + step];
  if (step === 0 || next == null)
    return;
  e.preventDefault();
  next.focus();
}
