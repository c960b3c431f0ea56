import { withAttach, withBox, withExec } from './edit.ts';
import { cutExecs, cutOff, mainEnds } from './execs.ts';
import { acrossRuns } from './paths.ts';
import { workResult } from './work.ts';
import type { Box, KeptCode, World } from './world.ts';

/**
 * A new run begins: the main command is started on the same disk (contract 3.2). Null where the main command
 * cannot be started at all.
 */
export function startRun(world: World, handle: string): World | null {
  const before = world.boxes[handle] as Box;
  const disk = acrossRuns(before.disk);
  const fresh = {
    disk,
    code: null,
    out: '',
    err: '',
    runs: before.runs + 1,
    draining: false,
    adopted: false,
  } as const;
  const started = withBox(world, handle, {
    ...fresh,
    status: 'running',
    mainAttachedBy: stillAttached(before),
  });
  if (!before.main) return started;
  const result = workResult(started, started.boxes[handle] as Box, before.main, '', true);
  if (result.ends === 'refused') return null;
  if (!result.ends) return withBox(result.world, handle, { out: result.out });
  const written = withBox(result.world, handle, { out: result.out, err: result.err });
  return mainEnds(written, handle, result.code === 'nonzero' ? 'any' : result.code);
}

/** A client that attached before the start stays attached; those of earlier runs had their end. */
const stillAttached = (box: Box): string | null => (box.status === 'primed' ? box.mainAttachedBy : null);

/**
 * The boot or the main command failed: the record stays as Failed (contract 2.2). A client that waited for the
 * command gets an end, but no exit frame can be owed: nothing has ended (contract 5.3, 8.8).
 */
export const failRun = (world: World, handle: string): World =>
  withBox(endMainAttach(world, handle, 'any'), handle, {
    status: 'failed',
    code: 'any',
    mainAttachedBy: null,
  });

const KILLED = 137;

/**
 * The code a main command leaves when it is stopped: TERM first, KILL later (contract 3.3). A handler may not be
 * in place yet right after the start, and a command that was about to end by itself may or may not get there.
 */
export function stopCode({ main, status, code }: Box): KeptCode {
  if (status === 'ending') return typeof code === 'number' ? withKilled(code) : code;
  // The image's shell may read end-of-file before anything kills it: 0 is then its own code.
  if (!main) return withKilled(0);
  return main?.do === 'hold' && main.onTerm !== undefined ? withKilled(main.onTerm) : KILLED;
}

const withKilled = (code: number): KeptCode => (code === KILLED ? code : [code, KILLED]);

/** The numbers an exit frame may carry where the kept code is known; empty: not judged. */
export const numbersOf = (code: KeptCode): readonly number[] =>
  typeof code === 'number' ? [code] : Array.isArray(code) ? code : [];

/** The run is over and every view says so. */
export function endRun(world: World, handle: string, code: KeptCode): World {
  const ended = endMainAttach(cutExecs(world, handle), handle, code);
  return withBox(ended, handle, {
    status: 'stopped',
    code,
    mainAttachedBy: null,
    disk: acrossRuns((ended.boxes[handle] as Box).disk),
  });
}

/** The status word has caught up. */
export const settled = (world: World, handle: string): World =>
  endRun(world, handle, (world.boxes[handle] as Box).code);

/** A client of the main session gets its end; `cut`: from outside, so that output and exit frame may be lost. */
export function endMainAttach(world: World, handle: string, code: KeptCode): World {
  const box = world.boxes[handle] as Box;
  const attach = box.mainAttachedBy ? world.attaches[box.mainAttachedBy] : undefined;
  if (attach?.state !== 'open') return world;
  const cut = box.status !== 'ending' || code !== box.code;
  const exitFrame = cut ? 'may' : 'must';
  const final = { out: box.out, err: box.err, cut, codes: numbersOf(code), exitFrame } as const;
  return withAttach(world, attach.handle, { state: 'ended', final });
}

/** What a removed box is remembered with: its name, and what was asked for it. */
const nothingLeft = {
  code: null,
  disk: {},
  directories: [],
  out: '',
  err: '',
  mainAttachedBy: null,
  draining: false,
  adopted: false,
} as const;

/** The box and all that hangs on it is gone: executions are forgotten, attached clients get an end. */
export function removeBox(world: World, handle: string): World {
  let next = endMainAttach(world, handle, []);
  for (const attach of Object.values(next.attaches)) {
    const exec = 'exec' in attach.to ? next.execs[attach.to.exec] : undefined;
    if (exec?.box !== handle || attach.state !== 'open') continue;
    const { out, err, codes } = cutOff(exec);
    const final = { out, err, cut: true, codes, exitFrame: 'may' } as const;
    next = withAttach(next, attach.handle, { state: 'ended', final });
  }
  for (const exec of Object.values(next.execs)) {
    if (exec.box === handle) next = withExec(next, exec.handle, { status: 'gone', attachedBy: null });
  }
  return withBox(next, handle, { ...nothingLeft, status: 'removed' });
}
