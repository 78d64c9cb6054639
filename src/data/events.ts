import type * as DG from 'datagrok-api/dg';
import type {UsageRequest} from '../core/request';
import {cutNote, joinNotes, noteOf, type Answer} from './answer';
import {nameNobody, orderUsers, withZeros} from './event-points';
import {filterParameters, runQuery} from './query';
import {askPoints} from './summary';

/** Numbers of the log whose rows can be asked for: what `measure` in the address may be. */
const countings = ['events', 'runs', 'errors'] as const;
export type Counting = typeof countings[number];

/** The number that a text in the address names; undefined for none, and for one that there is not. */
export function countingOf(text: string | undefined): Counting | undefined {
  return countings.find((name) => name === text);
}

/** What the Events tab asks with: the filters, and which number alone is counted. */
export interface EventsRequest {
  readonly request: UsageRequest;
  /** Undefined: events, and errors beside them. */
  readonly counting: Counting | undefined;
}

export const eventsKey = ({request, counting}: EventsRequest): string => JSON.stringify([request.key, counting ?? '']);

export interface EventsAnswer extends Answer {
  readonly counting: Counting | undefined;
}

function parametersOf({request, counting}: EventsRequest): Record<string, unknown> {
  return {...filterParameters(request), ...(counting == null ? {} : {measure: counting})};
}

/** Points of both charts: bucket x log level x user; every level has a row in every bucket. */
export async function askEventsActivity(asked: EventsRequest, signal: AbortSignal): Promise<EventsAnswer> {
  const {request, counting} = asked;
  const {frame, note: kept, asOf} = await askPoints('EventsActivity', request, {}, signal, counting);
  frame.name = 'Events';
  const note = joinNotes(noteOf(frame), kept);
  nameNobody(frame);
  // The summaries have given every level its points.
  const points = asOf === undefined ? withZeros(frame) : frame;
  orderUsers(points);
  return {request, counting, frame: points, note, asOf};
}

/** Event types of the range with their numbers. Adds `kind`, which says in words who declared the type. */
export async function askEventTypes(asked: EventsRequest, signal: AbortSignal): Promise<EventsAnswer> {
  const frame = await runQuery('EventTypes', parametersOf(asked), signal);
  frame.name = 'Event types';
  const custom = frame.getCol('is_custom');
  frame.columns.addNewString('kind').init((i) => custom.get(i) ? 'custom' : 'built-in');
  return {...asked, frame, note: cutNote(frame)};
}

/** One event type, under the filters. */
export interface TypeRequest extends EventsRequest {
  readonly type: string;
}

export async function askTypeParameters(asked: TypeRequest, signal: AbortSignal): Promise<Answer> {
  const frame = await runQuery('EventTypeParameters', {...parametersOf(asked), types: [asked.type]}, signal);
  frame.name = 'Parameters';
  return {request: asked.request, frame, note: cutNote(frame)};
}

/** One parameter of an event type, under the filters. */
export interface ParameterRequest extends TypeRequest {
  readonly parameter: string;
}

/** Values apart from this many are one row. */
const MOST_VALUES = 50;

/** Values by number of events. Adds `bar`: the label, made distinct, that a chart can group by. */
export async function askParameterValues(asked: ParameterRequest, signal: AbortSignal): Promise<Answer> {
  const frame = await runQuery('EventParameterValues', {...parametersOf(asked), types: [asked.type],
    parameter: asked.parameter, top: MOST_VALUES}, signal);
  frame.name = 'Values';
  const [values, labels] = ['value', 'label'].map((name) => frame.getCol(name));
  const seen = new Set<string>();
  const bars = frame.columns.addNewString('bar').init((i) => {
    const others = values.isNone(i) && labels.get(i) === 'Other values';
    const plain = others ? 'Other values' : labels.get(i) || '(empty)';
    const name = seen.has(plain) ? `${plain} (${values.get(i)})` : plain;
    seen.add(plain);
    return name;
  });
  // The core refuses an empty order.
  if (frame.rowCount > 0)
    bars.setCategoryOrder(bars.toList());
  return {request: asked.request, frame, note: cutNote(frame)};
}

/** One page of events, newest first. Adds `text`: the description with names in the place of its `@parameters`. */
export async function askEventRows(asked: EventsRequest & {readonly types?: readonly string[]},
  cursor: {time?: string, id: string} | null, pageSize: number, signal: AbortSignal): Promise<DG.DataFrame> {
  const frame = await runQuery('EventRows', {...parametersOf(asked),
    ...(asked.types == null ? {} : {types: [...asked.types]}),
    ...(cursor == null ? {} : {beforeId: cursor.id}), ...(cursor?.time == null ? {} : {beforeTime: cursor.time}),
    pageSize}, signal);
  frame.name = 'Log';
  const [ids, descriptions, errors] = ['id', 'description', 'error_message'].map((name) => frame.getCol(name).toList());
  const named = ids.filter((_, i) => placeholder.test(descriptions[i] ?? ''));
  const parameters = named.length === 0 ? new Map<string, EventParameter[]>() : await askEventParameters(named, signal);
  frame.columns.addNewString('text').init((i) =>
    describe(descriptions[i] || errors[i] || '', parameters.get(ids[i]) ?? []).map(({text}) => text).join(''));
  return frame;
}

/** A value that was logged with an event. */
export interface EventParameter {
  readonly name: string;
  readonly type: string;
  readonly value: string;
  /** Name of what the value refers to, or the value itself. */
  readonly label: string;
}

/** Parameters of events, by the event's id. */
export async function askEventParameters(events: readonly string[], signal: AbortSignal):
  Promise<Map<string, EventParameter[]>> {
  const frame = await runQuery('EventRowParameters', {events: [...events]}, signal);
  const [ids, ...columns] = ['event_id', 'name', 'type', 'value', 'label'].map((name) => frame.getCol(name).toList());
  const found = new Map<string, EventParameter[]>();
  ids.forEach((id: string, i: number) => {
    const [name, type, value, label] = columns.map((column) => column[i] ?? '');
    found.set(id, [...found.get(id) ?? [], {name, type, value, label}]);
  });
  return found;
}

const placeholder = /@[\p{L}_][\p{L}\p{N}_-]*/u;

/** A description in pieces: `@user` and the like become the label of the parameter of that name, where there is one. */
export function describe(description: string, parameters: readonly EventParameter[]): {text: string, name?: string}[] {
  const labels = new Map([...parameters].reverse().map(({name, label}) => [name, label]));
  return description.split(/(@[\p{L}_][\p{L}\p{N}_-]*)/u).filter((piece) => piece !== '').map((piece) => {
    const label = piece.startsWith('@') ? labels.get(piece.slice(1)) : undefined;
    return label == null || label === '' ? {text: piece} : {text: label, name: piece.slice(1)};
  });
}
