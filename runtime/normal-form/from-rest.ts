import type { z } from 'zod';
import { type Bytes, utf8 } from '../../domain/bytes.ts';
import { policyText } from '../../domain/network.ts';
import type { Observation, StreamObservation } from '../../domain/observation.ts';
import type { AttachAnswer, AttachFrame, RestAnswer } from '../ports/session.ts';
import { broken, jsonOf, parsed, readable } from './broken.ts';
import {
  directionSchema,
  envelopeSchema,
  executionSchema,
  restBoxesSchema,
  restBoxSchema,
  serverFrameSchema,
  snapshotSchema,
  snapshotsSchema,
  startedExecutionSchema,
} from './schemas.ts';

type Read = (what: string, answer: RestAnswer) => Observation;

const json =
  <T>(schema: z.ZodType<T>, use: (value: T) => Observation): Read =>
  (what, answer) =>
    parsed(what, readable(answer.body), schema, use);

const nothing: Read = (what, { body }) =>
  body === '' ? { is: 'done' } : broken('malformed', `${what}: no body expected, got ${readable(body)}`);

/** Names of snapshots, a line each, sorted: of two that were made in one second either may be the newer. */
function listed({ snapshots }: z.infer<typeof snapshotsSchema>): Observation {
  const isOrdered = snapshots.every(
    ({ created_at }, i) => !(created_at > (snapshots[i - 1]?.created_at ?? created_at)),
  );
  if (!isOrdered) return broken('malformed', 'snapshots are not listed newest first');
  const names = snapshots.map(({ name }) => name).sort();
  return { is: 'bytes', data: utf8(names.map((name) => `${name}\n`).join('')) };
}

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
  'snapshot-made': [201, json(snapshotSchema, () => ({ is: 'done' }))],
  snapshot: [200, json(snapshotSchema, ({ name }) => ({ is: 'bytes', data: utf8(name) }))],
  snapshots: [200, (what, answer) => parsed(what, readable(answer.body), snapshotsSchema, listed)],
  policy: [
    200,
    json(directionSchema, ({ mode, allow_net: rules }) => ({
      is: 'bytes',
      data: utf8(policyText(mode, rules)),
    })),
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

/** Gives the normal form of a handshake (contract 5.2): attached, or whatever its plain HTTP answer amounts to. */
export function fromAttach(answer: AttachAnswer): Observation {
  if ('socket' in answer) {
    const { executionId } = answer.socket;
    return { is: 'attached', ...(executionId === undefined ? {} : { executionId }) };
  }
  const { status, path } = answer.refused;
  if (status > 0 && status < 400)
    return broken('malformed', `GET ${path}: 101 expected, got ${status}`, status);
  return fromRest(answer.refused, 'done');
}

interface Gathered {
  out: Bytes[];
  err: Bytes[];
  errors: StreamObservation['errors'];
  exit?: number;
}

/**
 * Gives the normal form of everything one attach has received (contract 5.3): the streams put together, or a malformed
 * answer when a frame is none of the contract's or comes after the exit frame. Pure; never throws.
 */
export function fromFrames(frames: readonly AttachFrame[], closed: { code: number } | null): Observation {
  const seen: Gathered = { out: [], err: [], errors: [] };
  for (const [index, frame] of frames.entries()) {
    const wrong = seen.exit === undefined ? take(seen, frame) : 'a frame after the exit frame';
    if (wrong) return broken('malformed', `frame ${index + 1} of ${frames.length}: ${wrong}`);
  }
  return { is: 'stream', ...seen, out: seen.out.join(''), err: seen.err.join(''), closed };
}

/** Adds one frame; what is wrong with it, if anything. */
function take(seen: Gathered, frame: AttachFrame): string | null {
  if (frame.kind === 'text') return takeText(seen, frame.text);
  if (frame.kind === 'invalid') return frame.why;
  const channel = frame.data.charCodeAt(0);
  if (channel === 1) seen.out.push(frame.data.slice(1));
  else if (channel === 2) seen.err.push(frame.data.slice(1));
  else return `binary, first byte ${Number.isNaN(channel) ? 'missing' : channel} is neither 1 nor 2`;
  return null;
}

function takeText(seen: Gathered, text: string): string | null {
  const frame = jsonOf(serverFrameSchema, text);
  if (!frame) return `no server frame: ${text}`;
  if (frame.type === 'exit') seen.exit = frame.exit_code;
  else seen.errors.push({ message: frame.message, ...(frame.code ? { code: frame.code } : {}) });
  return null;
}

/**
 * Gives the exit code as the CLI gives it, from the one on the wire: -k becomes 128+k (contract 5.1). -1 means that no
 * code is known, which a death by HUP cannot be told from; null then.
 */
export const exitOfWire = (wire: number): number | null =>
  wire === -1 ? null : wire < 0 ? 128 - wire : wire;

/** Gives the end of a foreground command that was followed over an attach; without an exit frame no code was told. */
export const endedOfStream = ({ exit, out, err, errors, closed }: StreamObservation): Observation => ({
  is: 'ended',
  code: exit === undefined ? null : exitOfWire(exit),
  out,
  err,
  ...(exit === undefined && {
    how: [...errors.map(({ message }) => message), `closed with ${closed?.code}`].join('; '),
  }),
});
