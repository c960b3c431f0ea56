/** Bytes of a stream that are kept for those who come later (contract 5.4). */
export const keptBytes = 256 * 1024;
/** Chunks below this are merged, so that many small writes do not make a long list. */
const mergeBytes = 4 * 1024;

/** The last chunks of one stream, oldest first. */
export class Backlog {
  readonly chunks: Buffer[] = [];
  bytes = 0;

  /** Keeps a chunk; whole old chunks go while there is more than `limitBytes`. */
  keep(chunk: Buffer, limitBytes = keptBytes): void {
    const last = this.chunks.at(-1);
    const merge = last && last.length + chunk.length <= mergeBytes;
    if (merge) this.chunks[this.chunks.length - 1] = Buffer.concat([last, chunk]);
    // A copy, because a chunk may be a piece of something much larger.
    else this.chunks.push(Buffer.from(chunk));
    this.bytes += chunk.length;
    this.trim(limitBytes);
  }

  /** Drops old chunks until no more than the limit is kept. */
  trim(limitBytes = keptBytes): void {
    while (this.bytes > limitBytes) this.bytes -= this.chunks.shift()?.length ?? 0;
  }
}
