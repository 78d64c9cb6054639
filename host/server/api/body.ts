import type {Static, TSchema} from '@sinclair/typebox';
import {Value} from '@sinclair/typebox/value';
import {Refusal} from '../model.ts';

/**
 * Reads a request body, which always arrives as text: the core sends JSON under several content types, and plain text
 * under that of JSON. @throws Refusal (400) when it is not JSON of that shape.
 */
export function readBody<T extends TSchema>(schema: T, body: unknown): Static<T> {
  let json: unknown;
  try {
    json = JSON.parse(String(body ?? ''));
  } catch {
    throw new Refusal(400, 'The body is no JSON');
  }
  const problem = Value.Errors(schema, json).First();
  if (problem)
    throw new Refusal(400, `The body is not as expected: ${problem.path || '/'} ${problem.message}`);
  return json as Static<T>;
}
