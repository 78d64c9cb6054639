import * as grok from 'datagrok-api/grok';
import * as ui from 'datagrok-api/ui';
import {onKill} from '../interop/life-cycle.ts';
import type {PostedRecord} from '../log/queue.ts';
import {box, failure, iconOf, messageOf, text} from '../shell/dom.ts';
import {functionsOf} from '../shell/roles.ts';
import {ViewHandle} from '../views/view.ts';
import {fitting, MOST_RECORDS, records} from './record-list.ts';

const LEVELS = ['', 'error', 'warning', 'audit', 'usage', 'info', 'debug'];

/** Tools | Dev | Inspector: what this client logs, as it is logged, with the parameters of each record. */
export class InspectorView extends ViewHandle {
  private readonly list = box('grok-inspector-list');
  private readonly count = text('grok-inspector-count', '');
  private level = '';
  private words = '';
  private isPaused = false;
  private drawing = false;

  override get type(): string {return 'inspector';}

  constructor() {
    super();
    this.name = 'Inspector';
    this.settlePath('/inspector');
    this.icon = iconOf('search');
    this.root.classList.add('grok-inspector');
    this.list.setAttribute('role', 'log');
    this.root.append(this.tools(), this.list, ...functionsOf('inspectorPanel').map(panel));
    const end = records.onChange(() => this.drawSoon());
    onKill(this.root, end);
    this.draw();
  }

  private tools(): HTMLElement {
    const level = document.createElement('select');
    level.setAttribute('aria-label', 'Level');
    level.append(...LEVELS.map((one) => new Option(one === '' ? 'All levels' : one, one)));
    level.addEventListener('change', () => {
      this.level = level.value;
      this.draw();
    });
    const words = document.createElement('input');
    words.type = 'search';
    words.placeholder = 'Message, type or parameter';
    words.setAttribute('aria-label', 'Text');
    words.addEventListener('input', () => {
      this.words = words.value;
      this.draw();
    });
    const pause = ui.button('Pause', () => {
      this.isPaused = !this.isPaused;
      pause.textContent = this.isPaused ? 'Go on' : 'Pause';
      this.drawSoon();
    }, 'Keep what is on screen while more is logged');
    const clear = ui.button('Clear', () => records.clear(), 'Forget the records kept so far');
    return box('grok-inspector-tools', level, words, pause, clear, this.count);
  }

  /** Records may come by the hundred: the list is drawn once for each picture on screen. */
  private drawSoon(): void {
    if (this.drawing || this.isPaused)
      return;
    this.drawing = true;
    requestAnimationFrame(() => {
      this.drawing = false;
      this.draw();
    });
  }

  private draw(): void {
    const all = records.all;
    const shown = fitting(all, {level: this.level, text: this.words});
    this.count.textContent = `${shown.length} of ${all.length} records${all.length === MOST_RECORDS ? ', the latest' : ''}`;
    this.list.replaceChildren(...shown.slice(0, 200).map(row));
  }
}

function row(record: PostedRecord): HTMLElement {
  const head = box('grok-inspector-head', text('grok-inspector-time', new Date(record.time).toISOString().slice(11, 23)),
    text(`grok-inspector-level grok-inspector-${record.level}`, record.level), text('grok-inspector-type', record.type ?? ''),
    text('grok-inspector-message', record.message));
  const root = document.createElement('details');
  root.className = 'grok-inspector-row';
  const summary = document.createElement('summary');
  summary.append(head);
  const body = document.createElement('pre');
  body.textContent = [JSON.stringify(record.params, null, 2), record.stackTrace ?? ''].filter((part) => part !== '').join('\n');
  root.append(summary, body);
  return root;
}

/** A panel that a package adds (`meta.inspectorPanel` or the role of that name); its failure stays in its place. */
function panel(func: ReturnType<typeof functionsOf>[number]): HTMLElement {
  const content = box('');
  const load = async (): Promise<void> => {
    content.replaceChildren(ui.loader());
    try {
      const widget = await func.apply();
      content.replaceChildren(widget instanceof HTMLElement ? widget : widget.root);
    } catch (e) {
      content.replaceChildren(failure(messageOf(e), () => void load()));
      grok.log.warning(`The inspector panel ${func.nqName} failed`, {message: messageOf(e)});
    }
  };
  void load();
  return box('grok-inspector-panel', text('grok-entity-title', func.friendlyName || func.name), content);
}
