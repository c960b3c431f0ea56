import { z } from 'zod';
import { ofBase64 } from '../../domain/bytes.ts';
import type { BoxObservation, Observation } from '../../domain/observation.ts';
import type { SdkAnswer } from '../ports/session.ts';
import { broken } from './broken.ts';
import { exitOfWire } from './from-rest.ts';
import { sdkBoxSchema } from './schemas.ts';
import { isFault, kindOf } from './sdk-kinds.ts';

type Read = (ok: unknown) => Observation;

const read =
  <T>(schema: z.ZodType<T>, use: (value: T) => Observation): Read =>
  (ok) => {
    const { data, success, error } = schema.safeParse(ok);
    return success ? use(data) : broken('malformed', `${z.prettifyError(error)} in ${JSON.stringify(ok)}`);
  };

const base64 = z.base64().transform(ofBase64);
const id = z.strictObject({ id: z.string().min(1) });
/** A result that claims success and says that something was lost cannot be both (contract 15.3). */
const result = {
  code: z.int(),
  error: z.string().nullable(),
};
const isSound = ({ code, error }: { code: number; error: string | null }): boolean => code !== 0 || !error;
const whole = z
  .strictObject({ out: base64, err: base64, ...result })
  .refine(isSound, 'code 0 beside an error');

/** What a success of each method looks like. */
const answers = {
  done: read(z.null(), () => ({ is: 'done' })),
  made: read(id, ({ id }) => ({ is: 'done', id })),
  box: read(sdkBoxSchema, (box: BoxObservation) => ({ is: 'box', box })),
  boxes: read(z.array(sdkBoxSchema), (boxes) => ({ is: 'boxes', boxes })),
  ended: read(whole, ({ out, err, code }) => ({ is: 'ended', code: exitOfWire(code), out, err })),
  /** All that an execution wrote, and its end, as an attached client sees it. */
  followed: read(whole, ({ out, err, code: exit }) => ({
    ...{ is: 'stream', out, err, errors: [], exit, closed: { code: 1000 } },
  })),
  execution: read(z.strictObject(result).refine(isSound, 'code 0 beside an error'), ({ code }) => ({
    ...{ is: 'execution', status: 'completed', code },
  })),
  attached: read(id, ({ id: executionId }) => ({ is: 'attached', executionId })),
  file: read(z.strictObject({ data: base64.nullable() }), ({ data }) => ({ is: 'bytes', data })),
  numbers: (ok) => ({ is: 'bytes', data: JSON.stringify(ok) }),
} satisfies Record<string, Read>;

/** Names what is expected of a method of an SDK's driver. */
export type SdkExpecting = keyof typeof answers;

/** Gives the normal form of what an SDK answered (contract 15.3). Pure; never throws. */
export function fromSdk(what: string, answer: SdkAnswer, expecting: SdkExpecting): Observation {
  if (answer.hung !== undefined) return broken('hang', `${what}: no answer after ${answer.hung} ms`);
  if (answer.died !== undefined) return broken('signal', `${what}: ${answer.died}`);
  if (!answer.error) return answers[expecting](answer.ok);
  const { message } = answer.error;
  const kind = kindOf(answer.error);
  if (kind === 'Panic') return broken('panic', `${what}: ${message}`);
  if (kind === null) return broken('untyped', `${what}: ${answer.error.kind}: ${message}`);
  if (isFault(kind)) return broken('5xx', `${what}: ${kind}: ${message}`);
  return { is: 'refused', kind, text: message };
}
