import {killContent} from '../interop/life-cycle.ts';
import type {MenuHandle} from './menu.ts';
import {MenuPopup, closeMenus} from './menu-popup.ts';
import {menuRow} from './menu-row.ts';

/**
 * Keeps the row of a horizontal menu (the ribbon menu of a view) in step with its model. Groups open below their
 * caption; while one is open, moving over another opens that one; arrows go along the row.
 */
export function showBar(bar: MenuHandle): void {
  bar.root.setAttribute('role', 'menubar');
  bar.onStructure = () => paint(bar);
  paint(bar);
  bar.root.addEventListener('keydown', (e) => onKey(bar, e));
}

function paint(bar: MenuHandle): void {
  killContent(bar.root);
  for (const item of bar.children.filter((c) => c.options.visible !== false)) {
    const row = menuRow(item, false);
    row.tabIndex = bar.root.children.length === 0 ? 0 : -1;
    bar.root.append(row);
    if (item.role === 'item')
      row.addEventListener('click', () => item.click());
    if (item.role !== 'group')
      continue;
    // Clicking the caption of an open group closes it; the document's listener has closed it before the click comes.
    let wasOpen = false;
    row.addEventListener('pointerdown', () => wasOpen = item.popup != null);
    row.addEventListener('click', () => {
      if (wasOpen)
        closeMenus();
      else
        openGroup(item, row);
      wasOpen = false;
    });
    row.addEventListener('mouseenter', () => {
      if (bar.children.some((c) => c !== item && c.popup != null))
        openGroup(item, row);
    });
  }
}

function openGroup(item: MenuHandle, row: HTMLElement): void {
  MenuPopup.show(item, row, 'bottom-start');
  row.setAttribute('aria-expanded', 'true');
  const closed = item.onClose.subscribe(() => {
    row.setAttribute('aria-expanded', 'false');
    closed.unsubscribe();
  });
}

function onKey(bar: MenuHandle, e: KeyboardEvent): void {
  const rows = [...bar.root.children].filter((r): r is HTMLElement => r.getAttribute('role') !== 'separator');
  const at = rows.indexOf(document.activeElement as HTMLElement);
  if (at < 0)
    return;
  const to = {ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: rows.length - 1}[e.key];
  if (to != null)
    rows[(to + rows.length) % rows.length].focus();
  else if (e.key === 'Enter' || e.key === ' ' || e.key === 'ArrowDown')
    rows[at].click();
  else
    return;
  e.preventDefault();
}
