import * as DG from 'datagrok-api/dg';
import {HostEvent} from '../interop/event-data.ts';
import {showProperties} from './property-panel.ts';
import {toggleFullScreen} from './viewer-keys.ts';
import type {ViewerHandle} from './viewer-handle.ts';

/** The viewer's context menu at the mouse. Packages add to it by `viewer.onContextMenu`. */
export function showMenu(viewer: ViewerHandle, e: MouseEvent): void {
  const menu = DG.Menu.popup();
  viewer.addMenuItems(menu);
  menu.item('Reset View', () => viewer.resetView());
  if (viewer.selectable && viewer.dataFrame != null)
    menu.group('Selection')
      .item('Select All', () => viewer.dataFrame?.selection.setAll(true))
      .item('Select None', () => viewer.dataFrame?.selection.setAll(false))
      .item('Invert', () => viewer.dataFrame?.selection.invert())
      .endGroup();
  menu.separator()
    .item('Full Screen', () => toggleFullScreen(viewer));
  if (viewer.picture() != null)
    menu.item('Save as PNG', () => savePicture(viewer));
  menu.item('Properties...', () => showProperties(viewer))
    .separator()
    .item('Close', () => viewer.close());
  viewer.emit('d4-context-menu', new HostEvent({menu}, viewer.wrapper, e));
  menu.show({causedBy: e});
}

function savePicture(viewer: ViewerHandle): void {
  const url = viewer.picture();
  if (url == null)
    return;
  const link = document.createElement('a');
  link.href = url;
  link.download = `${viewer.look.get('title') || viewer.kind}.png`;
  link.click();
}
