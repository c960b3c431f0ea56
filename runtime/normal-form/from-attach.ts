import type { Bytes } from '../../domain/bytes.ts';
import type { Observation, StreamObservation } from '../../domain/observation.ts';
import type { AttachAnswer, AttachFrame } from '../ports/session.ts';
import { broken, jsonOf } from './broken.ts';
import { fromRest } from './from-rest.ts';
import { serverFrameSchema } from './schemas.ts';

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
export const endedOfStream = ({ exit, out, err }: StreamObservation): Observation => ({
  is: 'ended',
  code: exit === undefined ? null : exitOfWire(exit),
  out,
  err,
});
