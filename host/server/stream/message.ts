import {Type, type Static} from '@sinclair/typebox';
import {Value} from '@sinclair/typebox/value';
import {Refusal} from '../model.ts';

/** A message from the client's core: `N VERB rest`, N being the client's own number of the call. */
export interface ClientMessage {
  call: number;
  verb: 'CALL' | 'PART OK' | 'PART ERROR' | 'DONE' | 'CANCEL' | 'PARAM_SENT';
  rest: string;
}

/** Reads a text message; undefined for what this server has no use for, such as `PING REPLY`. */
export function readMessage(text: string): ClientMessage | undefined {
  const match = /^(\d{1,15}) (CALL|PART OK|PART ERROR|DONE|CANCEL|PARAM_SENT)(?: |$)/.exec(text);
  return match ? {call: Number(match[1]), verb: match[2] as ClientMessage['verb'], rest: text.slice(match[0].length)} :
    undefined;
}

const Optional = {
  text: Type.Optional(Type.Union([Type.String(), Type.Null()])),
};

/** What is taken from a FuncCall. The query's text counts only where no known function is meant. */
const CallBody = Type.Object({
  id: Optional.text,
  func: Type.Object({
    '#type': Optional.text,
    'id': Optional.text,
    'name': Optional.text,
    'namespace': Optional.text,
    'query': Optional.text,
    'connection': Type.Optional(Type.Union([Type.Object({id: Optional.text}), Type.Null()])),
  }),
  parameterValues: Type.Optional(Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()])),
});

export type CallBody = Static<typeof CallBody>;

/** @throws Refusal 400 when the text is no FuncCall. */
export function readCall(json: string): CallBody {
  let body: unknown;
  try {
    body = JSON.parse(json);
  } catch {
    throw new Refusal(400, 'The call is no JSON');
  }
  if (!Value.Check(CallBody, body))
    throw new Refusal(400, 'The call is no function call');
  return body;
}
