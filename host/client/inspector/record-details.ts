import type {PostedRecord} from '../log/queue.ts';
import {box, text} from '../shell/dom.ts';
import {isPosted} from '../log/levels.ts';
import {valueText, valueType} from './matcher.ts';

/** Longest text that is shown of one value; a page would hang on a line of megabytes. */
const LONGEST = 20_000;

/** Everything that a record holds; null: that none is chosen. */
export function recordDetails(record: PostedRecord | null): HTMLElement {
  const root = box('grok-inspector-details');
  root.setAttribute('role', 'region');
  root.setAttribute('aria-label', 'Details of the record');
  if (record == null) {
    root.append(box('grok-entity-empty', 'Choose a record to see its parameters.'));
    return root;
  }
  root.append(table('Record', ['', ''], [
    ['Level', record.level], ['Type', record.type ?? ''], ['Message', record.message],
    ['Time', `${new Date(record.time).toISOString().replace('T', ' ').replace('Z', '')} UTC`], ['Id', record.id],
    ['Server', isPosted(record.level) ? 'posted' : 'not posted: this level stays in the client'],
  ]));
  const params = Object.entries(record.params);
  root.append(params.length === 0 ? box('grok-entity-empty', 'No parameters.') :
    table('Parameters', ['Name', 'Type', 'Value'],
      params.map(([name, value]) => [name, valueType(value), valueText(value)])));
  if (record.stackTrace != null) {
    const stack = document.createElement('pre');
    stack.className = 'grok-inspector-stack';
    stack.textContent = cut(record.stackTrace);
    root.append(text('grok-inspector-caption', 'Stack trace'), stack);
  }
  return root;
}

function table(caption: string, heads: string[], rows: string[][]): HTMLTableElement {
  const root = document.createElement('table');
  root.className = 'grok-inspector-table';
  root.createCaption().textContent = caption;
  if (heads.some((head) => head !== '')) {
    const row = root.createTHead().insertRow();
    for (const head of heads) {
      const cell = document.createElement('th');
      cell.textContent = head;
      row.append(cell);
    }
  }
  const body = root.createTBody();
  for (const values of rows) {
    const row = body.insertRow();
    for (const value of values)
      row.insertCell().textContent = cut(value);
  }
  return root;
}

const cut = (value: string): string => value.length > LONGEST ?
  `${value.slice(0, LONGEST)}… (${value.length} characters)` : value;
