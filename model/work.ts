import { textBytes } from '../domain/any-text.ts';
import { type Bytes, everyByte, utf8 } from '../domain/bytes.ts';
import { listedMode } from '../domain/file-mode.ts';
import { filled } from '../domain/fill.ts';
import { users } from '../domain/options.ts';
import { selfParts, type Work } from '../domain/work.ts';
import { wakeGate } from './execs.ts';
import type { BytesExpect } from './expect.ts';
import { capabilitiesOf, machineOf } from './hardware.ts';
import { echoOf, linkOf } from './network.ts';
import { idsOf, variablesFor } from './options.ts';
import { readFile, writeFile } from './paths.ts';
import { echoed, lineEnds, type OnTerminal, sizesSeen } from './terminal.ts';
import type { Box, World } from './world.ts';

/** Where a gate's file lies in the box. */
const gatePath = (gate: string): string => `/root/${gate}`;

/** What a workload does when it is started in a running box. */
export type WorkResult =
  /** Ends by itself; `code` as a CLI shows it (128+k for a signal). */
  | { ends: true; code: number | 'nonzero'; out: Bytes; err: Bytes; shape?: BytesExpect; world: World }
  /** Stays; has written `out` so far. */
  | { ends: false; out: Bytes; world: World }
  /** Is not started at all. */
  | { ends: 'refused'; why: 'missing' | 'directory' };

const over = (world: World) => ({ ends: true, code: 0, out: '', err: '', world }) as const;

const ended = (world: World, code: number | 'nonzero', out: Bytes = '', err: Bytes = ''): WorkResult => ({
  ...over(world),
  code,
  out,
  err,
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
      return flooded(world, work);
    case 'blob':
      return ended(world, 0, everyByte);
    case 'cat':
      return stdin === null ? { ends: false, out: '', world } : ended(world, 0, stdin);
    case 'hold':
      return { ends: false, out: utf8(work.out), world };
    case 'fork':
      // The end of PID 1 takes its children with it.
      return ended(world, work.code, utf8(init ? work.out : work.out + work.after));
    case 'daemon':
      return ended(world, work.code);
    case 'gate':
      return box.disk[gatePath(work.gate)] === undefined
        ? { ends: false, out: utf8(work.out), world }
        : ended(world, work.code, utf8(work.out + work.after));
    case 'terminal':
    case 'serve':
      return { ends: false, out: '', world };
    case 'open':
      return ended(openGate(world, box, work.gate), 0);
    case 'write':
      return written(world, box, work.path, textBytes(work.data));
    case 'read':
      return fileRead(world, box, work.path);
    case 'mode':
      return modeRead(world, box, work.path);
    case 'args':
      return ended(world, 0, work.args.map((arg) => `${textBytes(arg)}\n`).join(''));
    case 'env':
      return ended(world, 0, utf8(work.value));
    case 'environ':
      return { ...over(world), shape: { variables: variablesFor(box) } };
    case 'pwd':
      return ended(world, 0, `${box.options.workdir ?? '/'}\n`);
    case 'id': {
      const { uid, gid } = idsOf(box.options) ?? users.root;
      return ended(world, 0, `${uid}\n${gid}\n`);
    }
    case 'machine':
      return { ...over(world), shape: { between: machineOf(box.options) } };
    case 'caps':
      return { ...over(world), shape: { bits: capabilitiesOf(box.options) } };
    case 'link':
      return { ...over(world), shape: linkOf(box) };
    case 'reach':
      return { ...over(world), shape: echoOf(box, work) };
    case 'self':
      return { ...over(world), shape: { parts: selfParts.map((part) => partOf(world, box, part)) } };
    case 'mounts':
      return { ...over(world), shape: mountsOf(world, box) };
    case 'runs':
      return runsRead(world, box);
    case 'missing':
    case 'directory':
      return { ends: 'refused', why: work.do };
  }
}

function partOf(world: World, box: Box, part: (typeof selfParts)[number]): BytesExpect {
  const result = workResult(world, box, { do: part }, null, false);
  if (result.ends !== true) return { anything: true };
  return result.shape ?? { exactly: result.out };
}

function flooded(world: World, { bytes, pattern, to, code }: Extract<Work, { do: 'flood' }>): WorkResult {
  const data = filled({ size: bytes, pattern: pattern ?? 'lines' });
  return ended(world, code, to === 'err' ? '' : data, to === undefined ? '' : data);
}

/** The result as its client sees it: a terminal has one stream for both. */
export function shownOf(process: OnTerminal, work: Work, result: WorkResult): WorkResult {
  if (!process.tty || result.ends === 'refused') return result;
  if (result.ends)
    return { ...result, out: lineEnds(process, echoed(process) + result.out + result.err), err: '' };
  const sizes = sizesSeen(process, work);
  if (sizes !== null) return ended(result.world, 0, lineEnds(process, sizes));
  return { ...result, out: lineEnds(process, result.out) };
}

/**
 * What the main command has counted may not have come to a disk that was copied while it ran. That it has counted its
 * present run by the time that another command looks nobody promises.
 */
function runsRead(world: World, { kind, runsOnDisk, status }: Box): WorkResult {
  if (kind === 'sandbox') return ended(world, 1);
  if (runsOnDisk === null) return { ...over(world), shape: { anything: true } };
  const suffixOf = 'r\n'.repeat(runsOnDisk);
  if (status !== 'running') return ended(world, 0, suffixOf);
  return { ...over(world), shape: { suffixOf, atLeast: suffixOf.length - 'r\n'.length } };
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

/** What a file is owned by that no copy has made nobody says. */
function modeRead(world: World, box: Box, path: string): WorkResult {
  const isDirectory = box.directories.includes(path);
  if (!isDirectory && readFile(world, box, path) === null) return ended(world, 'nonzero');
  const known = isDirectory ? undefined : box.modes[path];
  if (!known) return { ...over(world), shape: { anything: true } };
  return ended(world, 0, `${listedMode(known.mode)} ${known.uid} ${known.gid}\n`);
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
