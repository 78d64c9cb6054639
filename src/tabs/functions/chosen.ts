import type {RunStatus} from '../../data/function-calls';

/** What is chosen in the sub-view of execution times. */
export interface Chosen {
  /** Id of the function, as the address has it: it may be unknown. */
  readonly id: string;
  readonly status: RunStatus;
  readonly run: {readonly id: string, readonly started: number} | null;
}

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const isRun = new RegExp(`^run:(${UUID})@(.+)$`, 'i');

export const isId = (text: string): boolean => new RegExp(`^${UUID}$`, 'i').test(text);

/** Reads the list that the address keeps of a selection: the function first, then what is looked at of it. */
export function readChosen(selected: readonly string[]): Chosen | null {
  const [id, ...rest] = selected;
  if (id == null)
    return null;
  const [, runId, started] = rest.map((item) => isRun.exec(item)).find((match) => match != null) ?? [];
  const instant = Date.parse(started ?? '');
  return {id: id.trim().toLowerCase(), run: runId == null || Number.isNaN(instant) ? null :
    {id: runId.toLowerCase(), started: instant},
  status: rest.includes('failed') ? 'Error' : rest.includes('unfinished') ? 'unfinished' : ''};
}

/** Writes what `readChosen` reads. */
export function writeChosen({id, status, run}: Chosen): string[] {
  return [id, ...(status === '' ? [] : [status === 'Error' ? 'failed' : 'unfinished']),
    ...(run == null ? [] : [`run:${run.id}@${new Date(run.started).toISOString()}`])];
}
