import type { Bytes } from '../../domain/bytes.ts';
import type { Observation, StreamObservation } from '../../domain/observation.ts';
import type { AttachFrame } from '../ports/session.ts';
import { broken } from './broken.ts';
import { serverFrameSchema } from './schemas.ts';

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
  const { errors, exit } = seen;
  const streams = { out: seen.out.join(''), err: seen.err.join('') };
  return { is: 'stream', ...streams, errors, ...(exit === undefined ? {} : { exit }), closed };
}

/** Adds one frame; what is wrong with it, if anything. */
function take(seen: Gathered, frame: AttachFrame): string | null {
  return frame.kind === 'binary' ? takeOutput(seen, frame.data) : takeText(seen, frame.text);
}

function takeOutput(seen: Gathered, data: Bytes): string | null {
  const channel = data.charCodeAt(0);
  if (channel === 1) seen.out.push(data.slice(1));
  else if (channel === 2) seen.err.push(data.slice(1));
  else return `binary, first byte ${Number.isNaN(channel) ? 'missing' : channel} is neither 1 nor 2`;
  return null;
}

function takeText(seen: Gathered, text: string): string | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return `text that is not JSON: ${text}`;
  }
  const frame = serverFrameSchema.safeParse(json);
  if (!frame.success) return `no server frame: ${text}`;
  if (frame.data.type === 'exit') seen.exit = frame.data.exit_code;
  else
    seen.errors.push({ message: frame.data.message, ...(frame.data.code ? { code: frame.data.code } : {}) });
  return null;
}
