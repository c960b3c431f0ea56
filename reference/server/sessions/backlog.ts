/** Bytes a stream keeps for those who attach later (contract 5.4). */
export const keptBytes = 256 * 1024;

/** The last chunks of one stream, oldest first. */
export interface Backlog {
  chunks: Buffer[];
  bytes: number;
}

/** The backlog of a stream that has written nothing. */
export const emptyBacklog = (): Backlog => ({ chunks: [], bytes: 0 });

/** Keeps a chunk; whole old chunks go while what is left is still more than `limitBytes`. */
export function keepChunk(backlog: Backlog, chunk: Buffer, limitBytes: number = keptBytes): void {
  backlog.chunks.push(chunk);
  backlog.bytes += chunk.length;
  trim(backlog, limitBytes);
}

/** Drops old chunks until no more than the limit is kept; one chunk always stays. */
export function trim(backlog: Backlog, limitBytes: number = keptBytes): void {
  while (backlog.bytes > limitBytes && backlog.chunks.length > 1)
    backlog.bytes -= backlog.chunks.shift()?.length ?? 0;
}
