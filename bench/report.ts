import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import type {Cell} from './measure.ts';
import {geometricMean} from './numbers.ts';
import {PEER} from './peer.ts';

/** How many times faster ours is, by situation. */
export interface Ratios {
  /** Nothing was asked before, by anybody. */
  cold: number;
  /** Somebody asked for the range before. */
  warm: number;
  /** The filter of a range on screen is changed. */
  changed: number;
}

export const ratiosOf = ({ours, peer}: Cell): Ratios => ({cold: peer.first.ms / ours.first.ms,
  warm: peer.warm.ms / ours.others.ms, changed: peer.warm.ms / ours.changed.ms});

/** The results of one run on one log: a table in Markdown, as it is printed and written. */
export function table(cells: Cell[], title: string): string {
  const lines = [`# ${title}`, '',
    `Milliseconds from asking until all tables of the tab are in the client. Peer: ${PEER}; first and warm with the`,
    'platform\'s cache off, kept with its answers of the same day kept, stale as they may be.',
    'Floor: `count(*)` of the range. Ratios: how many times faster ours is; they alone carry over to other machines.',
    '',
    '| Tab | Days | Filter | Floor | Peer first | Peer warm | Peer kept | Ours first | Ours after others | Ours again | ' +
    'Ours changed | Ratio cold | Ratio warm | Ratio changed | Rows peer | Rows ours | kB peer | kB ours |',
    `|${' --- |'.repeat(3)}${' ---: |'.repeat(15)}`];
  for (const cell of cells) {
    const {ours, peer} = cell;
    const {cold, warm, changed} = ratiosOf(cell);
    lines.push(`| ${[cell.tab, cell.days, cell.filter,
      ...[cell.floor, peer.first.ms, peer.warm.ms, peer.kept?.ms, ours.first.ms, ours.others.ms, ours.again.ms,
        ours.changed.ms].map((time) => time?.toFixed(0) ?? '-'),
      ...[cold, warm, changed].map(ratioText), peer.first.rows, ours.others.rows,
      ...[peer.first, ours.others].map(({bytes}) => Math.ceil(bytes / 1024))].join(' | ')} |`);
  }
  return [...lines, '', ...summary(cells), ''].join('\n');
}

/** The goals, each as one number. */
function summary(cells: Cell[]): string[] {
  const mean = (kind: keyof Ratios, of: Cell[]): string =>
    of.length === 0 ? '-' : ratioText(geometricMean(of.map((cell) => ratiosOf(cell)[kind])));
  const least = (kind: keyof Ratios, of: Cell[]): string =>
    of.length === 0 ? '-' : ratioText(Math.min(...of.map((cell) => ratiosOf(cell)[kind])));
  const plain = cells.filter(({filter}) => filter === 'none');
  const year = plain.filter(({days}) => days === 365);
  const narrowed = cells.filter(({filter}) => filter !== 'none');
  return [
    '| Goal | Number |', '| --- | ---: |',
    `| No tab and range slower than the peer (least ratio, cold; goal 1) | ${least('cold', cells)} |`,
    `| The same when somebody asked before (least ratio, warm; goal 1) | ${least('warm', cells)} |`,
    `| Tabs and ranges, geometric mean, warm (goal 10) | ${mean('warm', plain)} |`,
    `| A year asked for before, on every tab (least ratio, warm; goal 20) | ${least('warm', year)} |`,
    `| A year cold, geometric mean over tabs (goal 3) | ${mean('cold', year)} |`,
    `| Changing groups or packages on a range on screen (least ratio; goal 50) | ${least('changed', narrowed)} |`,
    `| The same, geometric mean | ${mean('changed', narrowed)} |`,
  ];
}

function ratioText(ratio: number): string {
  return ratio < 10 ? ratio.toFixed(1) : ratio.toFixed(0);
}

/** Writes `<name>.md` and `<name>.json`. @returns the path of the former. */
export async function write(folder: string, name: string, markdown: string, data: unknown): Promise<string> {
  await mkdir(folder, {recursive: true});
  await writeFile(path.join(folder, `${name}.json`), JSON.stringify(data, null, 1));
  await writeFile(path.join(folder, `${name}.md`), markdown);
  return path.join(folder, `${name}.md`);
}
