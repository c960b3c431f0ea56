import type { Observation } from '../../domain/observation.ts';
import type { RestAnswer } from '../ports/session.ts';
import { boxOfRest } from './box.ts';
import { broken, parsed } from './broken.ts';
import {
  envelopeSchema,
  executionSchema,
  restBoxesSchema,
  restBoxSchema,
  startedExecutionSchema,
} from './schemas.ts';
import { readable } from './text.ts';

/**
 * What a success of the route looks like (contract 4.2): `created` 201 Box · `acted` 200 Box (start, stop) ·
 * `box` 200 Box · `boxes` 200 · `exec` 201 · `execution` 200 · `done` 204 · `bytes` 200, any body.
 */
export type RestExpecting = 'created' | 'acted' | 'box' | 'boxes' | 'exec' | 'execution' | 'done' | 'bytes';

const STATUS: Record<RestExpecting, number> = {
  created: 201,
  acted: 200,
  box: 200,
  boxes: 200,
  exec: 201,
  execution: 200,
  done: 204,
  bytes: 200,
};

/** Normal form of an HTTP answer (contract 4, 8.1, 8.2). Pure; never throws. */
export function fromRest(answer: RestAnswer, expecting: RestExpecting): Observation {
  const what = `${answer.method} ${answer.path}`;
  const { status } = answer;
  if (answer.timedOut) return broken('hang', `${what}: no answer after ${answer.ms} ms`);
  if (status === 0) return broken('transport', `${what}: ${answer.err ?? 'no answer'}`);
  if (status >= 500) return serverError(answer, what);
  if (status >= 400) return refusal(answer, what);
  if (status !== STATUS[expecting]) {
    return broken('malformed', `${what}: status ${STATUS[expecting]} expected, got ${status}`, status);
  }
  return success(answer, expecting, `${what}: ${status}`);
}

function success(answer: RestAnswer, expecting: RestExpecting, what: string): Observation {
  const body = readable(answer.body);
  switch (expecting) {
    case 'created':
      return parsed(what, body, restBoxSchema, (box) => ({
        is: 'done',
        id: box.box_id,
        box: boxOfRest(box),
      }));
    case 'acted':
      return parsed(what, body, restBoxSchema, (box) => ({ is: 'done', box: boxOfRest(box) }));
    case 'box':
      return parsed(what, body, restBoxSchema, (box) => ({ is: 'box', box: boxOfRest(box) }));
    case 'boxes':
      return parsed(what, body, restBoxesSchema, ({ boxes }) => ({
        is: 'boxes',
        boxes: boxes.map(boxOfRest),
      }));
    case 'exec':
      return parsed(what, body, startedExecutionSchema, (it) => ({ is: 'done', id: it.execution_id }));
    case 'execution':
      return parsed(what, body, executionSchema, (it) => ({
        is: 'execution',
        id: it.execution_id,
        status: it.status,
        ...(it.exit_code === undefined ? {} : { code: it.exit_code }),
      }));
    case 'done':
      return body === '' ? { is: 'done' } : broken('malformed', `${what}: no body expected, got ${body}`);
    case 'bytes':
      return { is: 'bytes', data: answer.body };
  }
}

function refusal(answer: RestAnswer, what: string): Observation {
  const { status } = answer;
  if (answer.method === 'HEAD') return { is: 'refused', status, text: '' };
  const text = readable(answer.body);
  const envelope = readEnvelope(text);
  if (!envelope) {
    return broken(
      'untyped',
      `${what}: ${status} without the error envelope, body ${JSON.stringify(text)}`,
      status,
    );
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

function readEnvelope(text: string) {
  try {
    return envelopeSchema.safeParse(JSON.parse(text)).data?.error;
  } catch {
    return undefined;
  }
}
