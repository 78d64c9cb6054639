import type {Placement} from '@floating-ui/dom';
import {define} from '../interop/define.ts';
import {options} from '../interop/dart.ts';
import {mouse, pointAnchor} from './layers.ts';
import {MenuHandle, type ItemOptions} from './menu.ts';
import {showBar} from './menu-bar.ts';
import {MenuPopup, closeMenus, installMenuClosing} from './menu-popup.ts';

type Callback = ((x: any) => any) | null | undefined;

/** Adds one item; the menu itself comes back, so that calls can be chained. */
function addItem(menu: MenuHandle, text: string, onClick: (() => any) | null, order: number | null,
  more: any): MenuHandle {
  const given: ItemOptions = options(more);
  if (given.visible !== false)
    menu.add(new MenuHandle('item', text, menu, onClick, {...given, order: given.order ?? order}));
  return menu;
}

function addItems(menu: MenuHandle, items: any[], onClick: Callback, isValid: Callback, isChecked: Callback,
  toText: Callback, describe: Callback, onMouseEnter: Callback, radioGroup: string | undefined): MenuHandle {
  for (const item of Array.from(items)) {
    menu.add(new MenuHandle('item', toText == null ? String(item) : toText(item), menu, () => onClick?.(item), {
      isEnabled: isValid == null ? undefined : () => isValid(item),
      check: isChecked == null ? undefined : () => isChecked(item),
      description: describe == null ? undefined : () => describe(item),
      onMouseEnter: onMouseEnter == null ? undefined : () => onMouseEnter(item),
      radioGroup,
    }));
  }
  return menu;
}

/**
 * Shows a popup menu: beside `host`, at a mouse event, at a point of the viewport, or where the mouse is.
 * @param nextTo to the right of `host` instead of below it.
 */
function showMenu(menu: MenuHandle, host: Element | null | undefined, event: MouseEvent | null | undefined,
  x: number | null | undefined, y: number | null | undefined, nextTo: boolean | null | undefined): MenuHandle {
  const at = (px: number, py: number): void => void MenuPopup.show(menu, pointAnchor(px, py), 'right-start');
  if (x != null && y != null) {
    // With an element, coordinates count from its corner.
    const corner = host?.getBoundingClientRect();
    at(x + (corner?.left ?? 0), y + (corner?.top ?? 0));
  } else if (host != null) {
    const placement: Placement = nextTo ? 'right-start' : 'bottom-start';
    MenuPopup.show(menu, host, placement);
  } else
    at(event?.clientX ?? mouse.x, event?.clientY ?? mouse.y);
  return menu;
}

export function installMenus(): void {
  installMenuClosing();
  define({
    Menu: () => {
      const bar = new MenuHandle('bar');
      showBar(bar);
      return bar;
    },
    Menu_Context: () => new MenuHandle('popup'),
    Menu_Get_Root: (m: MenuHandle) => m.root,
    Menu_Get_CloseOnClick: (m: MenuHandle) => m.closeOnClick,
    Menu_Set_CloseOnClick: (m: MenuHandle, value: boolean) => m.closeOnClick = value,
    Menu_Item: addItem,
    Menu_Items: addItems,
    Menu_Group: (m: MenuHandle, text: string, order: number | null) => m.group(text, order),
    Menu_EndGroup: (m: MenuHandle) => m.parent ?? m,
    Menu_Separator: (m: MenuHandle) => {
      m.add(new MenuHandle('separator', '', m, null, {order: m.children.at(-1)?.options.order}));
      return m;
    },
    Menu_Header: (m: MenuHandle, text: string, onClick: any, _hover: boolean, description: any) => {
      m.add(new MenuHandle('header', text, m, onClick ?? null, {description: description ?? undefined}));
      return m;
    },
    Menu_Find: (m: MenuHandle, text: string) => m.find(text),
    Menu_Remove: (m: MenuHandle, text: string) => m.remove(text),
    Menu_Clear: (m: MenuHandle) => m.clear(),
    Menu_Click: (m: MenuHandle) => m.click(),
    Menu_Show: showMenu,
    Menu_Hide: (m: MenuHandle) => m.popup != null && closeMenus(),
    Menu_OnClose: (m: MenuHandle) => m.onClose,
    MenuItem_ToString: (m: MenuHandle) => m.text,
  });
}
