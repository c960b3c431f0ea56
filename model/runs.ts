import { cutExecs, cutOff, mainEnds } from './execs.ts';
import { goesAtRest } from './lifetime.ts';
import { startRefusal } from './options.ts';
import { acrossRuns, withMountPoints } from './paths.ts';
import { servedBy, takenPorts } from './ports.ts';
import { shownOf, workResult } from './work.ts';
import { type Box, type KeptCode, type World, withAttach, withBox, withExec } from './world.ts';

/**
 * A new run begins: the main command is started on the same disk (contract 3.2). Several worlds where it reads a
 * stdin of which nothing is said (contract 2.2): it may be open and empty, or at its end. None where the command
 * cannot be started at all.
 */
export function startRun(world: World, handle: string): World[] {
  const before = world.boxes[handle] as Box;
  if (hasMissingMount(before) || startRefusal(before.options, 'main')) return [];
  if (takenPorts(world, before) === 'yes') return [];
  const started = withBox(withMountPoints(world, before), handle, {
    ...freshRun,
    disk: acrossRuns(before.disk),
    runs: before.runs + 1,
    runsOnDisk: before.runsOnDisk === null ? null : before.runsOnDisk + 1,
    hasDisk: 'yes',
    attachedBy: stillAttached(before),
  });
  if (!before.main) return [started];
  const stdins = before.main.do === 'cat' && before.status !== 'primed' ? [null, ''] : [stdinOf(before)];
  return stdins.flatMap((stdin) => runOf(started, handle, stdin));
}

/** Only a known divergence makes a box with a volume whose host path is missing (contract 6.1). */
export const hasMissingMount = ({ mounts }: Box): boolean => mounts.some(({ kind }) => kind === 'missing');

const freshRun = {
  status: 'running',
  code: null,
  out: '',
  err: '',
  draining: false,
  adopted: false,
  serving: [],
} as const;

/** A client that waited for the start holds the command's stdin open. */
const stdinOf = ({ main, status }: Box): string | null =>
  main?.do === 'cat' && status === 'primed' ? null : '';

function runOf(started: World, handle: string, stdin: string | null): World[] {
  const box = started.boxes[handle] as Box;
  if (!box.main) return [started];
  const ran = workResult(started, box, box.main, stdin, true);
  const result = shownOf({ tty: box.tty }, box.main, ran);
  if (result.ends === 'refused') return [];
  if (!result.ends) return [withBox(result.world, handle, { out: result.out, serving: servedBy(box.main) })];
  const written = withBox(result.world, handle, { out: result.out, err: result.err });
  return [mainEnds(written, handle, result.code === 'nonzero' ? 'any' : result.code)];
}

/** A client that attached before the start stays attached; those of earlier runs had their end. */
const stillAttached = (box: Box): string | null => (box.status === 'primed' ? box.attachedBy : null);

/**
 * The boot or the main command failed: the record stays as Failed (contract 2.2). A client that waited for the
 * command gets an end, but no exit frame can be owed: nothing has ended (contract 5.3, 8.8).
 */
export const failRun = (world: World, handle: string): World =>
  withBox(endMainAttach(world, handle, 'any'), handle, {
    status: 'failed',
    code: 'any',
    attachedBy: null,
    hasDisk: world.boxes[handle]?.hasDisk === 'yes' ? 'yes' : 'maybe',
  });

const KILLED = 137;

/**
 * The codes a main command may leave when it is stopped, one of them: TERM first, KILL later (contract 3.3). A handler
 * may not be in place yet right after the start, and a command that was about to end by itself may or may not get
 * there.
 */
export function stopCodes({ main, status, code }: Box): readonly KeptCode[] {
  if (status === 'ending') return typeof code === 'number' ? orKilled(code) : [code];
  // One that reads, the image's shell too, may read end-of-file before anything kills it: 0 is then its own code.
  if (!main || main.do === 'cat') return orKilled(0);
  return main.do === 'hold' && typeof main.onTerm === 'number' ? orKilled(main.onTerm) : [KILLED];
}

const orKilled = (code: number): readonly KeptCode[] => (code === KILLED ? [code] : [code, KILLED]);

/** The numbers an exit frame may carry where the kept code is known; empty: not judged. */
export const numbersOf = (code: KeptCode): readonly number[] => (typeof code === 'number' ? [code] : []);

/** The run is over and every view says so; `outside`: something from outside had a hand in it. */
export function endRun(world: World, handle: string, code: KeptCode, outside = false): World {
  const ended = endMainAttach(cutExecs(world, handle), handle, code, outside);
  if (goesAtRest(ended.boxes[handle] as Box)) return removeBox(ended, handle);
  const spent = ended.boxes[handle]?.home === 'sdk' && { spent: true };
  return withBox(ended, handle, {
    status: 'stopped',
    code,
    attachedBy: null,
    disk: acrossRuns((ended.boxes[handle] as Box).disk),
    ...spent,
  });
}

/** The run is stopped from outside: one world for each code it may leave. */
export const stopRun = (world: World, handle: string): World[] =>
  stopCodes(world.boxes[handle] as Box).map((code) => endRun(world, handle, code, true));

/** The status word has caught up. */
export const settled = (world: World, handle: string): World =>
  endRun(world, handle, (world.boxes[handle] as Box).code);

/** A client of the main session gets its end; `outside`: something else had a hand in it, so that output and exit frame may be lost. */
export function endMainAttach(world: World, handle: string, code: KeptCode, outside = false): World {
  const box = world.boxes[handle] as Box;
  const attach = box.attachedBy ? world.attaches[box.attachedBy] : undefined;
  if (attach?.state !== 'open') return world;
  const cut = outside || box.status !== 'ending' || code !== box.code;
  const exitFrame = cut ? 'may' : 'must';
  const final = { out: box.out, err: box.err, cut, codes: numbersOf(code), exitFrame } as const;
  return withAttach(world, attach.handle, { state: 'ended', final });
}

/** What a removed box is remembered with: its name, and what was asked for it. */
const nothingLeft = {
  code: null,
  disk: {},
  directories: [],
  modes: {},
  out: '',
  err: '',
  attachedBy: null,
  draining: false,
  adopted: false,
  head: null,
} as const;

/** Whether another box that is still there was cloned from this one, so that its disk stands on it (contract 11.4). */
export const hasClones = ({ boxes }: World, handle: string): boolean =>
  Object.values(boxes).some(({ source, status }) => source === handle && status !== 'removed');

/** Whether what it was cloned from, directly or not, is removed, and one of its snapshots was below the disk that was cloned. */
export function hasLostBase(world: World, box: Box | null): boolean {
  const from = world.boxes[box?.source ?? ''];
  if (!from) return false;
  const isLost = from.status === 'removed' && from.snapshots.some(({ pinned }) => pinned);
  return isLost || hasLostBase(world, from);
}

/** The box and all that hangs on it is gone: executions are forgotten, attached clients get an end. */
export function removeBox(world: World, handle: string): World {
  let next = endMainAttach(world, handle, 'any', true);
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
  // What the disks of clones stand on is not forgotten.
  const snapshots = next.boxes[handle]?.snapshots.filter(({ pinned }) => pinned) ?? [];
  return withBox(next, handle, { ...nothingLeft, snapshots, status: 'removed' });
}
