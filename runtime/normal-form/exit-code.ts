import type { Observation, StreamObservation } from '../../domain/observation.ts';

/**
 * Gives the exit code as the CLI gives it, from the one on the wire: -k becomes 128+k (contract 5.1). -1 means that no
 * code is known, which a death by HUP cannot be told from; null then.
 */
export const exitOfWire = (wire: number): number | null =>
  wire === -1 ? null : wire < 0 ? 128 - wire : wire;

/** Gives the end of a foreground command that was followed over an attach; without an exit frame no code was told. */
export const endedOfStream = (stream: StreamObservation): Observation => ({
  is: 'ended',
  code: stream.exit === undefined ? null : exitOfWire(stream.exit),
  out: stream.out,
  err: stream.err,
});
