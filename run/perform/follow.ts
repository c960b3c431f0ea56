import type { Observation } from '../../domain/observation.ts';
import { endedOfStream, fromFrames } from '../../runtime/normal-form/index.ts';
import type { AttachSocket } from '../../runtime/ports/session.ts';

/** Longest single wait for a frame, milliseconds: how soon an abort is noticed. */
const SLICE_MS = 250;

/** Reads an attach to its end, as a foreground command does: the result, or a hang when no end comes. */
export async function followToEnd(
  socket: AttachSocket,
  deadlineMs: number,
  signal: AbortSignal,
): Promise<Observation> {
  const deadline = performance.now() + deadlineMs;
  while (!socket.closed() && !signal.aborted) {
    const leftMs = deadline - performance.now();
    if (leftMs <= 0)
      return { is: 'broken', how: 'hang', text: `the attached client got no end in ${deadlineMs} ms` };
    await socket.changed(Math.min(leftMs, SLICE_MS));
  }
  const seen = fromFrames(socket.frames(), socket.closed());
  return seen.is === 'stream' ? endedOfStream(seen) : seen;
}
