import * as ui from 'datagrok-api/ui';
import * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import {ViewHandle} from '../views/view.ts';
import {onKill} from '../interop/life-cycle.ts';
import {showInContext} from './context-panel.ts';
import {box, failure, iconOf, messageOf, text} from './dom.ts';
import {describe, type EntityKind} from './entity-kinds.ts';
import {openFunction} from './open-function.ts';

const pageSize = 50;
const typingPause = 250;

/** Entities of one kind, by pages, with a search box. A click shows one in the context panel, a double one opens it. */
export class EntityListView extends ViewHandle {
  private pageNumber = 0;
  private request = 0;
  private readonly list = box('grok-entity-list');
  private readonly search = document.createElement('input');
  private readonly pager = box('grok-entity-pager');

  constructor(private readonly entities: EntityKind) {
    super();
    this.name = entities.title;
    this.settleBasePath(`/${entities.type}`);
    this.icon = iconOf(entities.icon);
    this.search.type = 'search';
    this.search.className = 'grok-entity-search';
    this.search.placeholder = `Search ${entities.title.toLowerCase()}`;
    this.search.setAttribute('aria-label', this.search.placeholder);
    this.list.setAttribute('role', 'listbox');
    this.list.setAttribute('aria-label', entities.title);
    this.list.addEventListener('keydown', (e) => this.onKey(e));
    this.root.classList.add('grok-entity-list-view');
    this.root.append(box('grok-entity-list-header', this.search, this.pager), this.list);
    let timer = 0;
    this.search.addEventListener('input', () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => this.show(0), typingPause);
    });
    onKill(this.root, () => clearTimeout(timer));
    this.show(0);
  }

  override get type(): string {return this.entities.type;}

  private show(page: number): void {
    this.pageNumber = page;
    void this.load();
  }

  /** An answer that comes after a newer question is dropped. */
  private async load(): Promise<void> {
    const request = ++this.request;
    this.list.replaceChildren(ui.loader());
    try {
      const source = this.entities.source();
      const wanted = this.search.value.trim();
      const found = await (wanted === '' ? source : source.filter(wanted))
        .list({pageSize, pageNumber: this.pageNumber + 1});
      if (request === this.request)
        this.fill(found);
    } catch (e) {
      if (request === this.request)
        this.list.replaceChildren(failure(`${this.entities.title} could not be listed: ${messageOf(e)}`, () => void this.load()));
    }
  }

  private fill(found: any[]): void {
    const items = found.map((x) => this.item(x));
    this.list.replaceChildren(...(items.length > 0 ? items : [box('grok-entity-empty', 'Nothing found.')]));
    if (items.length > 0)
      items[0].tabIndex = 0;
    const first = this.pageNumber * pageSize;
    const button = (caption: string, page: number, enabled: boolean): HTMLElement => {
      const b = ui.button(caption, () => this.show(page)) as HTMLButtonElement;
      b.disabled = !enabled;
      return b;
    };
    this.pager.replaceChildren(
      text('', found.length === 0 ? '' : `${first + 1}–${first + found.length}`),
      button('Previous', this.pageNumber - 1, this.pageNumber > 0),
      button('Next', this.pageNumber + 1, found.length === pageSize));
  }

  private item(x: any): HTMLElement {
    const {name, note} = describe(this.entities, x);
    const row = box('grok-entity-item', iconOf(this.entities.icon),
      box('grok-entity-item-text', text('grok-entity-item-name', name), text('grok-entity-item-note', note)));
    row.setAttribute('role', 'option');
    row.tabIndex = -1;
    row.addEventListener('click', () => {
      this.list.querySelector('.selected')?.classList.remove('selected');
      row.classList.add('selected');
      row.focus();
      showInContext(x);
    });
    row.addEventListener('dblclick', () => open(x));
    row.addEventListener('keydown', (e) => {
      if (e.key === 'Enter')
        open(x);
    });
    return row;
  }

  private onKey(e: KeyboardEvent): void {
    const step = e.key === 'ArrowDown' ? 1 : e.key === 'ArrowUp' ? -1 : 0;
    const rows = [...this.list.querySelectorAll<HTMLElement>('.grok-entity-item')];
    const next = rows[rows.indexOf(document.activeElement as HTMLElement) + step];
    if (step === 0 || next == null)
      return;
    e.preventDefault();
    next.click();
  }
}

function open(x: any): void {
  if (x instanceof DG.Func)
    openFunction(x);
  else {
    if (x instanceof DG.Project)
      grok.log.usage('@user opened @entity', {'@user': grok.shell.user, '@entity': x}, 'project-opened');
    showInContext(x);
  }
}
