import { defect } from '../defects/switch.ts';
import type { GuestProcess } from './process.ts';

const fastMs = 50;

/** Spoils the streams of a new process, where a seeded defect says so. */
export function spoilStreams({ out, stdin }: GuestProcess): void {
  const startedMs = performance.now();
  if (defect('fast-output-lost'))
    out.filter = (chunk) => (performance.now() - startedMs < fastMs ? chunk.subarray(0, 0) : chunk);
  if (defect('output-corrupted')) out.filter = (chunk) => Buffer.from(chunk.toString('utf8'));
  if (defect('output-truncated')) out.filter = withoutLastByte();
  if (!defect('stdin-truncated')) return;
  const push = stdin.push.bind(stdin);
  stdin.push = (data) => push(data.subarray(0, 1024));
}

function withoutLastByte(): (chunk: Buffer) => Buffer {
  let kept: Buffer = Buffer.alloc(0);
  return (chunk) => {
    const all = Buffer.concat([kept, chunk]);
    kept = all.subarray(-1);
    return all.subarray(0, -1);
  };
}
