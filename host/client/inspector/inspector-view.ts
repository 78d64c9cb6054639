import * as ui from 'datagrok-api/ui';
import {box, iconOf} from '../shell/dom.ts';
import {ViewHandle} from '../views/view.ts';
import {LogPanel} from './log-panel.ts';
import {ownLog} from './own-log.ts';
import {inspectorPanels, panelContent} from './panels.ts';

/** Tools | Dev | Inspector: the log of this client, and a tab for each panel that a package brings. */
export class InspectorView extends ViewHandle {
  override get type(): string {return 'inspector';}

  constructor() {
    super();
    this.name = 'Inspector';
    this.settlePath('/inspector');
    this.icon = iconOf('search');
    this.root.classList.add('grok-inspector');
    this.root.setAttribute('aria-label', 'Inspector');
    this.root.setAttribute('role', 'region');
    const log = new LogPanel(ownLog);
    const panels = inspectorPanels();
    if (panels.length === 0) {
      this.root.append(log.root);
      return;
    }
    const tabs = ui.tabControl();
    tabs.addPane('Log', () => log.root);
    for (const func of panels)
      tabs.addPane(func.friendlyName || func.name, () => panelContent(func));
    tabs.root.classList.add('grok-inspector-tabs');
    this.root.append(box('grok-inspector-log', tabs.root));
  }
}
