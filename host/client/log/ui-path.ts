/** Longest name of one part of a path. */
const LONGEST = 60;

/** What people click on; other elements are only on the way. */
const TARGETS = 'button, a, [role="button"], [role="tab"], [role="menuitem"], .d4-menu-item, .ui-btn, .d4-link-label, ' +
  'i[class*="fa-"], input, select, textarea, [data-log]';

/** Parts of the screen that have a name of their own. */
const PLACES = '[name], [role="dialog"], [role="region"], [role="tablist"], [data-log]';

/**
 * Where in the user interface an element is: names from the outside in, parted by ` / `, as the platform writes the
 * path of a click. Made of names and labels, never of what was typed. Null for what is nothing to click on.
 */
export function uiPath(element: Element | null): string | null {
  const target = clickedOn(element);
  if (target == null)
    return null;
  const parts = [labelOf(target)];
  for (let place = target.parentElement?.closest(PLACES); place != null; place = place.parentElement?.closest(PLACES)) {
    const label = placeName(place);
    if (label !== '' && label !== parts[0])
      parts.unshift(label);
  }
  const path = parts.filter((part) => part !== '').join(' / ');
  return path === '' ? null : path;
}

/** An icon without a name of its own is only the look of the button around it. */
function clickedOn(element: Element | null): Element | null {
  const target = element?.closest(TARGETS) ?? null;
  const isBare = target?.matches('i:not([aria-label]):not([title]):not([name])') === true;
  return isBare ? target!.parentElement?.closest('button, a') ?? target : target;
}

function labelOf(target: Element): string {
  const isField = target.matches('input, select, textarea');
  const written = isField ? target.closest('.ui-input-root')?.querySelector('.ui-input-label')?.textContent :
    target.textContent;
  const [name] = [target.getAttribute('aria-label'), written, target.getAttribute('title'), target.getAttribute('name')]
    .filter((text) => text != null && text.trim() !== '');
  return tidy(name ?? iconOf(target));
}

function iconOf(target: Element): string {
  return /\bfa-([a-z][a-z-]+)\b/.exec(target.getAttribute('class') ?? '')?.[1] ?? target.tagName.toLowerCase();
}

function placeName(place: Element): string {
  return tidy(place.getAttribute('data-log') ?? place.getAttribute('aria-label') ?? place.getAttribute('name') ?? '');
}

/** One line; slashes part the names. */
const tidy = (text: string): string => text.replace(/\s+/g, ' ').replaceAll(' / ', ' ').trim().slice(0, LONGEST);
