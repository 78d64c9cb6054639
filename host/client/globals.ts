import * as DG from 'datagrok-api/dg';
import * as grok from 'datagrok-api/grok';
import * as ui from 'datagrok-api/ui';
import $ from 'cash-dom';
import dayjs from 'dayjs';
import utc from 'dayjs/plugin/utc';
import wu from 'wu';
import * as rxjs from 'rxjs';
import * as operators from 'rxjs/operators';

/**
 * Puts on `window` what packages expect to find there: webpack configurations of packages declare these as externals.
 * One instance of each serves the published classes and the packages, because observables, dates and collections
 * cross the border and are told apart by `instanceof`.
 */
export function installGlobals(): void {
  const put = (): void => {
    Object.assign(window, {DG, grok, ui, $, dayjs, wu, rxjs: {...rxjs, operators}});
  };
  dayjs.extend(utc);
  put();
  // The published entry assigns some of them once more when the page is ready; ours come after it.
  document.addEventListener('DOMContentLoaded', put);
}
