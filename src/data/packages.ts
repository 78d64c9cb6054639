import * as DG from 'datagrok-api/dg';
import {CORE_PACKAGE, type UsageRequest} from '../core/request';
import {cutNote, joinNotes, noteOf, type Answer} from './answer';
import {filterParameters, runQuery} from './query';
import {askPoints, askUsedPackages} from './summary';

const own = {categories: true};

/** Points of the chart: bucket x package x user. */
export async function askPackages(request: UsageRequest, signal: AbortSignal): Promise<Answer> {
  const {frame, note, asOf} = await askPoints('PackagesActivity', request, own, signal);
  frame.name = 'Packages';
  return {request, frame, note: joinNotes(noteOf(frame), note), asOf};
}

/** Packages of the inventory that nobody used in the range. */
export async function askUnusedPackages(request: UsageRequest, signal: AbortSignal): Promise<Answer> {
  const known = await askUsedPackages(request, own, signal);
  const frame = known?.unused.length === 0 ? noneUnused() : await runQuery('PackagesUnused',
    {...filterParameters(request, own), ...(known == null ? {} : {used: [CORE_PACKAGE, ...known.used]})}, signal);
  frame.name = 'Packages not used';
  return {request, frame, note: joinNotes(cutNote(frame), known?.note ?? ''), asOf: known?.asOf};
}

/** The answer of `PackagesUnused` when there are none. */
function noneUnused(): DG.DataFrame {
  return DG.DataFrame.fromColumns([...['package_name', 'package', 'category', 'version']
    .map((name) => DG.Column.string(name, 0)), DG.Column.dateTime('published_on', 0), DG.Column.dateTime('last_use', 0),
    DG.Column.int('users_ever', 0)]);
}

/** Publications of package versions, with how long each took. */
export async function askInstallations(request: UsageRequest, signal: AbortSignal): Promise<Answer> {
  // Points are of events: those who have some there need not be those who publish.
  const frame: DG.DataFrame = await runQuery('PackagesInstallations', filterParameters({...request, cells: []}, own), signal);
  frame.name = 'Installations';
  return {request, frame, note: cutNote(frame)};
}
