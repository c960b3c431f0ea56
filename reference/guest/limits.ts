/** Bounds of one guest. */
export const limits = {
  /** Bytes of stdin a process leaves unread before whoever feeds it waits. */
  inletBytes: 65_536,
  /** Output kept a stream for a later `follow` (contract 5.4). */
  backlogBytes: 262_144,
  /** How long writers wait for a follower who was announced. */
  followWithinMs: 5_000,
  /** Largest chunk of output; contract 7.5 allows one chunk of slack, so chunks stay small beside the backlog. */
  chunkBytes: 32_768,
  /** Chunks below this are merged, so that many small writes do not make a long list. */
  mergeBytes: 4_096,
  /** Finished processes kept for later questions, a box. */
  finishedProcesses: 512,
  /** What all of them together may keep of their output. */
  finishedBytes: 67_108_864,
} as const;
