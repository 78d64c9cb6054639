import * as DG from 'datagrok-api/dg';
import * as ui from 'datagrok-api/ui';
import {define} from '../interop/define.ts';
import {js} from '../interop/dart.ts';
import {element, icon} from './elements.ts';
import {read} from './entity-kinds.ts';

const STARS = 'starred-entities';

function starred(): Set<string> {
  try {
    return new Set(JSON.parse(localStorage.getItem(STARS) ?? '[]'));
  } catch {
    return new Set();
  }
}

/** A star that marks an entity as favourite. This host has no server side for favourites: the browser keeps them. */
function star(id: string): HTMLElement {
  const root = icon('star', 'd4-star');
  root.setAttribute('role', 'button');
  const paint = (): void => {
    const on = starred().has(id);
    root.classList.toggle('fas', on);
    root.classList.toggle('fal', !on);
    root.setAttribute('aria-pressed', String(on));
  };
  root.addEventListener('click', (e) => {
    e.stopPropagation();
    const ids = starred();
    if (!ids.delete(id))
      ids.add(id);
    localStorage.setItem(STARS, JSON.stringify([...ids]));
    paint();
  });
  paint();
  return ui.tooltip.bind(root, 'Favorite');
}

/** Tags of an entity; only functions give theirs away in the published API. */
function tags(x: any): HTMLElement {
  const entity = js(x);
  const list = entity instanceof DG.Func ? read(() => entity.tags) ?? [] : [];
  return element('div', 'd4-tags', ...list.map((tag) => element('span', 'd4-tag', tag)));
}

export function installEntityMarks(): void {
  define({UI_Star: star, UI_Tags: tags});
}
