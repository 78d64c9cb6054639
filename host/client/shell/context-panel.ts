import {define} from '../interop/define.ts';
import {shellBus} from '../interop/bus.ts';
import {HostEvent} from '../interop/event-data.ts';
import {dart, js} from '../interop/dart.ts';
import {kill, killContent} from '../interop/life-cycle.ts';
import {box, iconButton, messageOf, text} from './dom.ts';
import {places} from './layout.ts';
import {captionOf} from './captions.ts';
import {renderObject} from './object-content.ts';

/** The current object as it came (an element, a handle, an object of the core), and what was current before. */
let history: any[] = [];
let place = -1;
/** Longer would keep every viewer that was ever shown here alive. */
const remembered = 20;
let follows = true;
let currentViewer: any = null;

const title = text('grok-prop-panel-title', '');
const body = box('grok-prop-panel-content');
let back: HTMLButtonElement;
let forward: HTMLButtonElement;

/** The panel at the right: the current object's properties, with the way back to earlier ones. */
export function installContextPanel(): void {
  back = iconButton('chevron-left', 'Back', () => go(-1));
  forward = iconButton('chevron-right', 'Forward', () => go(1));
  const header = box('grok-prop-panel-header', title, box('grok-prop-panel-icons', back, forward,
    iconButton('chevron-double-up', 'Collapse all', () => expandAll(false)),
    iconButton('chevron-double-down', 'Expand all', () => expandAll(true))));
  places.context.prepend(box('grok-prop-panel', header, body));
  showCurrent();
  define({
    Get_CurrentObject: () => history[place] ?? null,
    // `freeze` asks the platform to keep mouse-over changes away for a moment; this host's panel follows no mouse-over.
    Set_CurrentObject: (x: any, _freeze: boolean, force: boolean) => setCurrentObject(x, force === true),
    Get_CurrentViewer: () => currentViewer,
    Set_CurrentViewer: (viewer: any) => currentViewer = viewer,
    ContextPanel_Get_SyncCurrentObject: () => follows,
    ContextPanel_Set_SyncCurrentObject: (on: boolean) => follows = on === true,
  });
}

/** @param force shows the object again even though it is current. */
export function setCurrentObject(x: any, force = false): void {
  if (x === undefined || (x === history[place] && !force))
    return;
  if (x !== history[place]) {
    const all = [...history.slice(0, place + 1), x];
    const forgotten = [...history.slice(place + 1), ...all.slice(0, -remembered)];
    history = all.slice(-remembered);
    place = history.length - 1;
    forgotten.forEach(forget);
  }
  announce();
}

function go(step: number): void {
  if (history[place + step] === undefined)
    return;
  place += step;
  announce();
}

function announce(): void {
  if (follows)
    showCurrent();
  shellBus.fire('d4-current-object-changed', new HostEvent({value: js(history[place])}));
}

function showCurrent(): void {
  const x = history[place] ?? null;
  back.disabled = place <= 0;
  forward.disabled = place >= history.length - 1;
  release();
  try {
    title.textContent = x == null ? 'Context panel' : captionOf(js(x));
    body.append(x == null ? box('grok-prop-panel-empty', 'Click something to see what is known about it.') :
      renderObject(js(x)));
  } catch (e) {
    body.append(text('grok-error-text', messageOf(e)));
  }
}

/**
 * Empties the panel. An element or widget that somebody handed over is only taken out, because going back shows it
 * again; what the panel built itself is ended.
 */
function release(): void {
  const given = new Set(history.map(rootOf).filter((e) => e != null));
  for (const child of [...body.children] as HTMLElement[])
    if (given.has(child))
      child.remove();
  killContent(body);
}

/**
 * An element that nobody can come back to is ended, unless somebody else holds it: views in the background and hidden
 * tabs keep their viewers off the page.
 */
function forget(x: any): void {
  const root = rootOf(x);
  if (root != null && !history.includes(x) && (root.parentElement == null || body.contains(root)))
    kill(root);
}

function rootOf(x: any): HTMLElement | null {
  const object = js(x);
  return object instanceof HTMLElement ? object : object?.root instanceof HTMLElement ? object.root : null;
}

function expandAll(expanded: boolean): void {
  for (const header of body.querySelectorAll<HTMLElement>('.d4-accordion-pane-header'))
    if (header.classList.contains('expanded') !== expanded)
      header.click();
}

/** For entities shown from lists: the same as `grok.shell.o = x`. */
export function showInContext(x: any): void {
  setCurrentObject(dart(x), true);
}
