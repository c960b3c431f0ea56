import { type Bytes, everyByte, utf8 } from '../domain/bytes.ts';
import type { Work } from '../domain/work.ts';
import { wakeGate } from './execs.ts';
import type { BytesExpect } from './expect.ts';
import { readFile, writeFile } from './paths.ts';
import type { Box, World } from './world.ts';

/** Where a gate's file lies in the box. */
const gatePath = (gate: string): string => `/root/${gate}`;

/** The pattern of `flood`: a line of 16 bytes, again and again, cut at `bytes`. */
export const floodOf = (bytes: number): Bytes =>
  '0123456789abcde\n'.repeat(Math.ceil(bytes / 16)).slice(0, bytes);

/** What a workload does when it is started in a running box. */
export type WorkResult =
  /** Ends by itself; `code` as a CLI shows it (128+k for a signal). */
  | { ends: true; code: number | 'nonzero'; out: Bytes; err: Bytes; shape?: BytesExpect; world: World }
  /** Stays; has written `out` so far. */
  | { ends: false; out: Bytes; world: World }
  /** Is not started at all. */
  | { ends: 'refused'; why: 'missing' | 'directory' };

const ended = (world: World, code: number | 'nonzero', out: Bytes = '', err: Bytes = ''): WorkResult => ({
  ends: true,
  code,
  out,
  err,
  world,
});

/**
 * Predicts a workload. `stdin` is what arrives before end-of-file, null while stdin is open and empty;
 * `init` says that it is PID 1, for which a signal without a handler is dropped (contract 2.2).
 */
export function workResult(
  world: World,
  box: Box,
  work: Work,
  stdin: Bytes | null,
  init: boolean,
): WorkResult {
  switch (work.do) {
    case 'print':
      return ended(world, work.code, utf8(work.out), utf8(work.err));
    case 'die':
      return ended(world, init && work.signal !== 2 ? 0 : 128 + work.signal);
    case 'flood':
      return ended(world, work.code, floodOf(work.bytes));
    case 'blob':
      return ended(world, 0, everyByte);
    case 'cat':
      return stdin === null ? { ends: false, out: '', world } : ended(world, 0, stdin);
    case 'hold':
      return { ends: false, out: utf8(work.out), world };
    case 'gate':
      return box.disk[gatePath(work.gate)] === undefined
        ? { ends: false, out: utf8(work.out), world }
        : ended(world, work.code, utf8(work.out + work.after));
    case 'open':
      return ended(openGate(world, box, work.gate), 0);
    case 'write':
      return written(world, box, work.path, utf8(work.data));
    case 'read':
      return fileRead(world, box, work.path);
    case 'args':
      return ended(world, 0, utf8(work.args.map((arg) => `${arg}\n`).join('')));
    case 'env':
      return ended(world, 0, utf8(work.value));
    case 'mounts':
      return { ...(ended(world, 0) as Extract<WorkResult, { ends: true }>), shape: mountsOf(world, box) };
    case 'runs':
      return box.kind === 'job' ? ended(world, 0, 'r\n'.repeat(box.marks)) : ended(world, 1);
    case 'missing':
    case 'directory':
      return { ends: 'refused', why: work.do };
  }
}

function openGate(world: World, box: Box, gate: string): World {
  return wakeGate(writeFile(world, box, gatePath(gate), '') ?? world, box.handle, gate);
}

function written(world: World, box: Box, path: string, data: Bytes): WorkResult {
  const next = writeFile(world, box, path, data);
  return next ? ended(next, 0) : ended(world, 'nonzero');
}

function fileRead(world: World, box: Box, path: string): WorkResult {
  const data = readFile(world, box, path);
  return data === null ? ended(world, 1) : ended(world, 0, data);
}

/** Own mounts show with their mode; nothing any other box or a refused request named may (contract 6.3). */
function mountsOf(world: World, box: Box): BytesExpect {
  const own = box.mounts.flatMap((mount) =>
    mount.kind === 'dir' || mount.kind === 'file' || mount.kind === 'anonymous'
      ? [{ at: mount.at, mode: mount.mode ?? ('rw' as const) }]
      : [],
  );
  const others = Object.values(world.boxes).flatMap((other) => other.asked);
  return { mounts: own, hidden: [...new Set(others)].filter((at) => !own.some((mount) => mount.at === at)) };
}
