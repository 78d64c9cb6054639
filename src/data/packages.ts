import type * as DG from 'datagrok-api/dg';
import type {UsageRequest} from '../core/request';
import {cutNote, noteOf, type Answer} from './answer';
import {filterParameters, runQuery} from './query';

const own = {categories: true};

/** Points of the chart: bucket x package x user. */
export async function askPackages(request: UsageRequest, signal: AbortSignal): Promise<Answer> {
  const frame = await runQuery('PackagesActivity', {...filterParameters(request, own), unit: request.unit,
    zone: request.zone}, signal);
  frame.name = 'Packages';
  return {request, frame, note: noteOf(frame)};
}

/** Packages of the inventory that nobody used in the range. */
export async function askUnusedPackages(request: UsageRequest, signal: AbortSignal): Promise<Answer> {
  const frame = await runQuery('PackagesUnused', filterParameters(request, own), signal);
  frame.name = 'Packages not used';
  return {request, frame, note: cutNote(frame)};
}

/** Publications of package versions, with how long each took. */
export async function askInstallations(request: UsageRequest, signal: AbortSignal): Promise<Answer> {
  const frame: DG.DataFrame = await runQuery('PackagesInstallations', filterParameters(request, own), signal);
  frame.name = 'Installations';
  return {request, frame, note: cutNote(frame)};
}
