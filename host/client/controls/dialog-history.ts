import * as DG from 'datagrok-api/dg';
import dayjs from 'dayjs';
import type {DialogHandle} from './dialog.ts';
import {absoluteTime} from './time.ts';

/** What was entered on earlier OKs of a dialog of this title, kept in this browser, newest first. */
interface Entry {
  time: number;
  values: any;
}

const LIMIT = 10;

function keyOf(dialog: DialogHandle): string {
  return `dialog-history.${dialog.title}`;
}

function entries(dialog: DialogHandle): Entry[] {
  try {
    return JSON.parse(localStorage.getItem(keyOf(dialog)) ?? '[]');
  } catch {
    // Somebody else's or damaged data: the history starts anew.
    return [];
  }
}

function save(dialog: DialogHandle, values: any): void {
  const rest = entries(dialog).filter((e) => JSON.stringify(e.values) !== JSON.stringify(values));
  localStorage.setItem(keyOf(dialog), JSON.stringify([{time: Date.now(), values}, ...rest].slice(0, LIMIT)));
}

function label({time, values}: Entry): string {
  const what = Object.values(values ?? {}).filter((v) => v !== '' && v != null).join(', ');
  return `${absoluteTime(dayjs(time))}  ${what.length > 60 ? `${what.slice(0, 60)}…` : what}`;
}

/**
 * Adds the history icon: its menu brings earlier values back.
 * @param getInput collects the values as an object that JSON can hold.
 * @param applyInput puts such values back.
 */
export function addHistory(dialog: DialogHandle, getInput: () => any, applyInput: (values: any) => any): void {
  dialog.addIcon('history', 'History', (e) => {
    const menu = DG.Menu.popup();
    const list = entries(dialog);
    if (list.length === 0)
      menu.header('No history yet');
    for (const entry of list)
      menu.item(label(entry), () => applyInput(entry.values));
    menu.show({element: e.currentTarget as HTMLElement});
  });
  const remember = (): void => save(dialog, getInput());
  dialog.onEvent('d4-dialog-before-ok', remember);
  dialog.onEvent('d4-dialog-save-history-request', remember);
}

/** Values of all inputs as text, by caption. */
export function inputTexts(dialog: DialogHandle): Record<string, string> {
  return Object.fromEntries(dialog.inputs.map((input) => [input.caption, input.stringValue]));
}

export function applyInputTexts(dialog: DialogHandle, texts: Record<string, string>): void {
  for (const input of dialog.inputs)
    if (texts[input.caption] !== undefined)
      input.stringValue = texts[input.caption];
}

/** Puts the latest remembered values in. */
export function applyLatest(dialog: DialogHandle): void {
  const [latest] = entries(dialog);
  if (latest != null)
    applyInputTexts(dialog, latest.values);
}
