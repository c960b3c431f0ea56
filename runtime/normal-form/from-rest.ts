import type { z } from 'zod';
import type { Observation } from '../../domain/observation.ts';
import type { RestAnswer } from '../ports/session.ts';
import { broken, jsonOf, parsed, readable } from './broken.ts';
import {
  envelopeSchema,
  executionSchema,
  restBoxesSchema,
  restBoxSchema,
  startedExecutionSchema,
} from './schemas.ts';

type Read = (what: string, answer: RestAnswer) => Observation;

const json =
  <T>(schema: z.ZodType<T>, use: (value: T) => Observation): Read =>
  (what, answer) =>
    parsed(what, readable(answer.body), schema, use);

const nothing: Read = (what, { body }) =>
  body === '' ? { is: 'done' } : broken('malformed', `${what}: no body expected, got ${readable(body)}`);

/** What a success of each route looks like (contract 4.2): its status and how its body is read. */
const routes = {
  created: [201, json(restBoxSchema, (box) => ({ is: 'done', id: box.id, box }))],
  /** start, stop. */
  acted: [200, json(restBoxSchema, (box) => ({ is: 'done', box }))],
  box: [200, json(restBoxSchema, (box) => ({ is: 'box', box }))],
  boxes: [200, json(restBoxesSchema, ({ boxes }) => ({ is: 'boxes', boxes }))],
  exec: [201, json(startedExecutionSchema, (it) => ({ is: 'done', id: it.execution_id }))],
  execution: [
    200,
    json(executionSchema, ({ execution_id: id, status, exit_code: code }) =>
      code === undefined ? { is: 'execution', id, status } : { is: 'execution', id, status, code },
    ),
  ],
  done: [204, nothing],
  bytes: [200, (_what, { body }) => ({ is: 'bytes', data: body })],
} satisfies Record<string, [number, Read]>;

/** Names what is expected of a route. */
export type RestExpecting = keyof typeof routes;

/** Gives the normal form of an HTTP answer (contract 4, 8.1, 8.2). Pure; never throws. */
export function fromRest(answer: RestAnswer, expecting: RestExpecting): Observation {
  const what = `${answer.method} ${answer.path}`;
  const { status } = answer;
  const [expected, read] = routes[expecting];
  if (answer.timedOut) return broken('hang', `${what}: no answer after ${answer.ms} ms`);
  if (status === 0) return broken('transport', `${what}: ${answer.err ?? 'no answer'}`);
  if (status >= 500) return serverError(answer, what);
  if (status >= 400) return refusal(answer, what);
  if (status !== expected)
    return broken('malformed', `${what}: status ${expected} expected, got ${status}`, status);
  return read(`${what}: ${status}`, answer);
}

function refusal(answer: RestAnswer, what: string): Observation {
  const { status } = answer;
  if (answer.method === 'HEAD') return { is: 'refused', status, text: '' };
  const text = readable(answer.body);
  const envelope = readEnvelope(text);
  if (!envelope) {
    const why = `${status} without the error envelope, body ${JSON.stringify(text)}`;
    return broken('untyped', `${what}: ${why}`, status);
  }
  const { type, code, message } = envelope;
  return { is: 'refused', status, type, code: String(code), text: message };
}

function serverError(answer: RestAnswer, what: string): Observation {
  const text = readable(answer.body);
  const envelope = readEnvelope(text);
  const detail = envelope ? `${envelope.type}/${envelope.code}: ${envelope.message}` : JSON.stringify(text);
  return broken('5xx', `${what}: ${answer.status} ${detail}`, answer.status);
}

const readEnvelope = (text: string) => jsonOf(envelopeSchema, text)?.error;
