import * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import {writeCsv, type Cell} from '../core/csv';
import {formatInstant, formatRange} from '../core/format';
import type {UsageRequest} from '../core/request';

/** What stands above an exported table or chart. */
export interface ExportHeader {
  readonly title: string;
  readonly request: UsageRequest;
  /** Epoch milliseconds at which the data were asked for. */
  readonly asOf: number;
  /** The filters in force, one line each; see `filterLines`. */
  readonly filters: readonly string[];
  /** What the panel itself says of its data: folded, cut. */
  readonly note?: string;
}

function lines({title, request, asOf, filters, note}: ExportHeader): string[] {
  return [title, `Range: ${formatRange(request, request.zone)} (time zone ${request.zone})`, ...filters,
    `As of: ${formatInstant(asOf, request.zone)}`, ...(note == null || note === '' ? [] : [`Note: ${note}`])];
}

/** A frame as CSV: instants as ISO texts in UTC, numbers as numbers, texts safe for spreadsheets. */
export function frameToCsv(frame: DG.DataFrame, header: ExportHeader): string {
  const columns = frame.columns.toList();
  const readers = columns.map(reader);
  const rows = Array.from({length: frame.rowCount}, (_, row) => readers.map((read) => read(row)));
  return writeCsv({comments: lines(header), header: columns.map((c) => c.name), rows});
}

function reader(column: DG.Column): (row: number) => Cell {
  if (column.type === DG.COLUMN_TYPE.DATE_TIME) {
    const raw = column.getRawData();
    return (row) => column.isNone(row) ? null : new Date(raw[row] / 1000).toISOString();
  }
  const isNumber = column.type === DG.COLUMN_TYPE.INT || column.type === DG.COLUMN_TYPE.FLOAT;
  return (row) => column.isNone(row) ? null : isNumber ? Number(column.get(row)) :
    column.type === DG.COLUMN_TYPE.BOOL ? Boolean(column.get(row)) : column.getString(row);
}

function fileName(header: ExportHeader, ending: string): string {
  const name = header.title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').toLowerCase();
  return `${name}-${new Date(header.asOf).toISOString().slice(0, 10)}.${ending}`;
}

function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function saveCsv(frame: DG.DataFrame, header: ExportHeader): void {
  download(new Blob([frameToCsv(frame, header)], {type: 'text/csv;charset=utf-8'}), fileName(header, 'csv'));
}

/**
 * What the canvases of a chart show, with the header above, as PNG.
 * @throws when there is nothing painted.
 */
export async function chartToPng(root: HTMLElement, header: ExportHeader): Promise<Blob> {
  const canvases = [...root.querySelectorAll('canvas')].filter((c) => c.width > 0 && c.offsetParent != null);
  if (canvases.length === 0)
    throw new Error('There is no chart to save yet');
  const box = root.getBoundingClientRect();
  const scale = Math.max(1, canvases[0].width / canvases[0].getBoundingClientRect().width);
  const style = getComputedStyle(root);
  const texts = lines(header);
  const top = 14 + texts.length * 17;
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(box.width * scale);
  canvas.height = Math.round((box.height + top) * scale);
  const g = canvas.getContext('2d')!;
  g.scale(scale, scale);
  g.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--white') || '#ffffff';
  g.fillRect(0, 0, box.width, box.height + top);
  g.fillStyle = style.color;
  texts.forEach((text, i) => {
    g.font = `${i === 0 ? 'bold 14px' : '12px'} ${style.fontFamily}`;
    g.fillText(text, 8, 18 + i * 17, box.width - 16);
  });
  for (const source of canvases) {
    const place = source.getBoundingClientRect();
    g.drawImage(source, place.left - box.left, place.top - box.top + top, place.width, place.height);
  }
  return new Promise((done, fail) => canvas.toBlob((blob) =>
    blob == null ? fail(new Error('The picture could not be made')) : done(blob), 'image/png'));
}

export async function savePng(root: HTMLElement, header: ExportHeader): Promise<void> {
  download(await chartToPng(root, header), fileName(header, 'png'));
}

/** The panel's rows in a table view of their own; what is done there does not reach the panel. */
export function openAsTable(frame: DG.DataFrame, header: ExportHeader): void {
  const copy = frame.clone();
  copy.name = `${header.title}, ${formatRange(header.request, header.request.zone)}`;
  grok.shell.addTableView(copy);
}
