import * as ui from 'datagrok-api/ui';
import {element, icon, nameOf} from './elements.ts';
import type {MenuHandle} from './menu.ts';

/** One line of a menu as an element: an item, a group, a header or a separator. */
export function menuRow(item: MenuHandle, vertical: boolean): HTMLElement {
  if (item.role === 'separator') {
    const line = element('div', 'd4-menu-separator');
    line.setAttribute('role', 'separator');
    return line;
  }
  const label = element('div', 'd4-menu-item-label', item.text);
  if (item.role === 'header')
    return headerRow(item, label);
  const row = element('div', `d4-menu-item ${vertical ? 'd4-menu-item-vert' : 'd4-menu-item-horz'}`);
  row.setAttribute('name', nameOf('div', item.text));
  row.tabIndex = -1;
  if (vertical)
    row.append(checkMark(item));
  row.append(label);
  if (item.role === 'group')
    groupLook(row, vertical);
  else
    itemLook(item, row);
  if (item.options.onMouseEnter != null)
    row.addEventListener('mouseenter', () => item.options.onMouseEnter!());
  if (item.options.onMouseLeave != null)
    row.addEventListener('mouseleave', () => item.options.onMouseLeave!());
  return row;
}

function headerRow(item: MenuHandle, label: HTMLElement): HTMLElement {
  const row = element('div', 'd4-menu-header', label);
  row.setAttribute('role', 'presentation');
  if (item.onClick != null) {
    row.classList.add('d4-menu-header-active');
    row.addEventListener('click', () => item.click());
  }
  if (item.options.description != null)
    ui.tooltip.bind(row, item.options.description as any);
  return row;
}

function checkMark(item: MenuHandle): HTMLElement {
  const mark = element('div', 'd4-menu-item-check');
  if (item.checked)
    mark.append(item.options.radioGroup == null ? icon('check') : element('span', 'd4-menu-radio-dot'));
  return mark;
}

function groupLook(row: HTMLElement, vertical: boolean): void {
  row.classList.add('d4-menu-group');
  row.setAttribute('role', 'menuitem');
  row.setAttribute('aria-haspopup', 'menu');
  row.setAttribute('aria-expanded', 'false');
  if (vertical)
    row.append(icon('chevron-right', 'd4-menu-group-arrow'));
}

function itemLook(item: MenuHandle, row: HTMLElement): void {
  const {shortcut, radioGroup, description} = item.options;
  const {checked, disabledReason} = item;
  row.setAttribute('role', checked == null ? 'menuitem' : radioGroup == null ? 'menuitemcheckbox' : 'menuitemradio');
  if (checked != null)
    row.setAttribute('aria-checked', String(checked));
  if (shortcut)
    row.append(element('div', 'd4-menu-item-shortcut', shortcut));
  if (disabledReason != null) {
    row.classList.add('d4-disabled');
    row.setAttribute('aria-disabled', 'true');
  }
  const tip = disabledReason || description;
  if (tip)
    ui.tooltip.bind(row, tip as any, 'right');
}
