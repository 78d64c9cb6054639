import * as DG from 'datagrok-api/dg';
import {and, emptyMask, fullMask, has, maskOf, maskWhere, add, count, type Mask} from './mask.ts';

/** Rows that a `rowSource` stands for at this moment. Unknown names mean `Filtered`, the default. */
export function rowsOfSource(frame: DG.DataFrame, source: string): Mask {
  const n = frame.rowCount;
  const one = (row: number): Mask => {
    const mask = emptyMask(n);
    if (row >= 0 && row < n)
      add(mask, row);
    return mask;
  };
  switch (source) {
  case 'All': return fullMask(n);
  case 'Selected': return maskOf(frame.selection, n);
  case 'SelectedOrCurrent': {
    const selected = maskOf(frame.selection, n);
    return count(selected) > 0 ? selected : one(frame.currentRowIdx);
  }
  case 'FilteredSelected': return and(maskOf(frame.filter, n), maskOf(frame.selection, n));
  case 'MouseOverGroup': return mouseOverGroup(frame) ?? emptyMask(n);
  case 'CurrentRow': return one(frame.currentRowIdx);
  case 'MouseOverRow': return one(frame.mouseOverRowIdx);
  default: return maskOf(frame.filter, n);
  }
}

/** Rows under the mouse in some viewer (`rows.highlight`), or null. */
export function mouseOverGroup(frame: DG.DataFrame): Mask | null {
  const check = frame.rows.mouseOverRowFunc as ((row: number) => boolean) | null;
  return check == null ? null : maskWhere(frame.rowCount, check);
}

/** Frame events after which the rows of a source may be others. */
export function changesWith(source: string): Set<string> {
  return new Set({
    'All': [], 'Selected': ['selection'], 'SelectedOrCurrent': ['selection', 'current'],
    'FilteredSelected': ['filter', 'selection'], 'MouseOverGroup': ['group'], 'CurrentRow': ['current'],
    'MouseOverRow': ['mouse-over'],
  }[source] ?? ['filter']);
}

/**
 * A viewer's own `filter` formula, evaluated by the core's formula engine. That takes a moment, so the answer comes
 * later and `ready` is called; until then the rows of the last good answer stay.
 */
export class FormulaFilter {
  private key = '';
  private answer: Mask | null = null;

  constructor(private ready: () => void) {}

  /** Rows that pass, or null when there is no formula (or no answer yet). `version` changes with the data. */
  rows(frame: DG.DataFrame, formula: string | null, version: number): Mask | null {
    if (formula == null || formula.trim() === '') {
      this.key = '';
      return this.answer = null;
    }
    const key = `${version}|${formula}`;
    if (key !== this.key) {
      this.key = key;
      this.evaluate(frame, formula, key);
    }
    return this.answer?.length === (frame.rowCount + 31) >> 5 ? this.answer : null;
  }

  private async evaluate(frame: DG.DataFrame, formula: string, key: string): Promise<void> {
    try {
      const result = await (frame.columns as any)._getNewCalculated('filter', formula, 'bool');
      if (key !== this.key)
        return;
      const bits = (DG.toJs(result) as DG.Column).getRawData() as unknown as Mask;
      this.answer = maskWhere(frame.rowCount, (row) => has(bits, row));
      this.ready();
    } catch (e) {
      reportError(new Error(`The viewer's filter could not be evaluated: ${formula}`, {cause: e}));
    }
  }
}
