import {Type} from '@sinclair/typebox';
import type {FastifyInstance, FastifyRequest} from 'fastify';
import {BadRecord, fallbackIds, isSaved, readRecord, type LogRecord} from '../../log/record.ts';
import {LIMITS} from '../../log/limits.ts';
import type {Recorder} from '../../log/recorder.ts';
import {callValue, type SavedCall} from '../../log/saved-call.ts';
import {checkView} from '../../access/index.ts';
import {Refusal} from '../../model.ts';
import {readBody} from '../body.ts';
import type {ApiContext} from '../context.ts';

/** What became of a post. Records that were refused are not written; all others are, when the answer comes. */
export interface PostAnswer {
  /** Written, those which were there already included. */
  accepted: number;
  /** Of levels that are not kept. */
  notSaved: number;
  refused: {index: number, reason: string}[];
}

const Id = Type.String({pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'});
const Instant = Type.Union([Type.String({maxLength: 40}), Type.Number()]);
const Call = Type.Object({
  id: Id, func: Type.Object({id: Id}), status: Type.Optional(Type.String({maxLength: 20})), started: Instant,
  finished: Type.Optional(Type.Union([Instant, Type.Null()])),
  errorMessage: Type.Optional(Type.Union([Type.String({maxLength: LIMITS.message}), Type.Null()])),
  parameterValues: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});

/** What clients post to the log: records of their loggers, and runs of functions that ran in the client. */
export function addLogPosts(app: FastifyInstance, {recorder, registry}: ApiContext): void {
  const writable = (): Recorder => {
    if (recorder === null)
      throw new Refusal(409, 'This database is read-only: nothing is logged');
    return recorder;
  };
  app.put('/log/audit', (request) => post(request, writable()));

  app.post('/log/funcs/calls', async (request) => {
    const {writer, sessionOf} = writable();
    const posted = readBody(Call, request.body);
    const spec = registry.function(posted.func.id);
    if (!spec)
      throw new Refusal(404, 'There is no such function');
    checkView(request.caller, spec.package);
    const call: SavedCall = {id: posted.id, functionId: spec.id, started: epoch(posted.started)!,
      ended: epoch(posted.finished), status: statusOf(posted.status), error: posted.errorMessage ?? null,
      values: spec.params.map((param) => callValue(param.id, param.type, posted.parameterValues?.[param.name]))};
    await writer.write({session: sessionOf(request), records: [], calls: [call]});
    return {'#type': 'FuncCall', 'id': call.id, 'status': call.status, 'func': {'#type': spec.kind, 'id': spec.id}};
  });
}

async function post(request: FastifyRequest, {writer, sessionOf}: Recorder): Promise<PostAnswer> {
  const body = String(request.body ?? '');
  const list = recordsIn(body);
  const session = sessionOf(request);
  const idOf = fallbackIds(session.id, body);
  const now = Date.now();
  const records: LogRecord[] = [];
  const refused: PostAnswer['refused'] = [];
  for (const [index, posted] of list.entries()) {
    try {
      records.push(readRecord(posted, idOf(index), now));
    } catch (error) {
      if (!(error instanceof BadRecord))
        throw error;
      refused.push({index, reason: error.message});
    }
  }
  if (refused.length > 0 && records.length === 0)
    throw new Refusal(400, `No record can be taken: ${refused[0].reason}`);
  await writer.write({session, records});
  const notSaved = records.filter(({level}) => !isSaved(level)).length;
  return {accepted: records.length - notSaved, notSaved, refused};
}

/** One record, or a list of them. */
function recordsIn(body: string): unknown[] {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new Refusal(400, 'The body is no JSON');
  }
  const list = Array.isArray(json) ? json : [json];
  if (list.length > LIMITS.records)
    throw new Refusal(413, `More than ${LIMITS.records} records in one post`);
  return list;
}

function epoch(value: string | number | null | undefined): number | null {
  if (value == null)
    return null;
  const time = typeof value === 'number' ? value : Date.parse(value);
  if (!Number.isFinite(time) || time < LIMITS.earliest || time > Date.now() + LIMITS.ahead)
    throw new Refusal(400, 'An instant is not real');
  return time;
}

const STATUSES = ['Completed', 'Error', 'Canceled', 'Running', 'Queued'] as const;

function statusOf(text = 'Completed'): SavedCall['status'] {
  const status = STATUSES.find((one) => one.toLowerCase() === text.toLowerCase());
  if (!status)
    throw new Refusal(400, `status is one of ${STATUSES.join(', ')}`);
  return status;
}
