/** Bounds of one guest. Reaching one is an error inside the guest, never of the daemon. */
export const limits = {
  /** Processes alive at once; a fork bomb ends here. */
  processes: 512,
  /** Bytes a pipe holds before its writer waits. */
  pipeBytes: 65_536,
  /** Output kept a stream for a later `follow` (contract 5.4). */
  backlogBytes: 262_144,
  /** How long writers wait for a follower who was announced. */
  followWithinMs: 5_000,
  /** Largest chunk of output; contract 7.5 allows one chunk of slack, so chunks stay small beside the backlog. */
  chunkBytes: 32_768,
  /** Chunks below this are merged, so that byte-wise writers do not make a list of bytes. */
  mergeBytes: 4_096,
  /** Root disk or tmpfs, each. */
  diskBytes: 268_435_456,
  /** Output of one `$(…)`. */
  substitutionBytes: 16_777_216,
  /** One line for `read`, `sort` and the like. */
  lineBytes: 16_777_216,
  symlinks: 40,
  callDepth: 500,
  parseDepth: 200,
  /** Finished processes kept for later questions, a box. */
  finishedProcesses: 512,
  /** What all of them together may keep of their output. */
  finishedBytes: 67_108_864,
  /** How long guest code may keep the event loop to itself. */
  sliceMs: 8,
} as const;
