import type { World } from '../../model/world.ts';
import type { Op } from '../../program/step.ts';
import { bootOps, execOps, type SearchSettings, streamOps } from './settings.ts';

/** Boots stay possible right after a boot, but rarely. */
const LEAST_PATIENCE = 0.1;

/** Factor for the end of a server that has nothing running to lose. */
const IDLE = 0.4;

/** Factor for a copy while a box of the local home is down: that copy boots it and puts it back (contract 2.1). */
const AT_REST = 3;
const copies: ReadonlySet<Op> = new Set<Op>(['copy-in', 'copy-out']);

/** Factor for a verb that shows what an earlier step has done and nothing has shown yet. */
const OWED = 3;

/**
 * How likely each verb is in a world. Boots become likely with time, because they cost seconds; verbs for what
 * took several steps to set up (a live execution, an open attach) are preferred as long as it is there.
 * @param sinceBoot steps since the last boot
 */
export function weightsIn(
  world: World,
  ops: Iterable<Op>,
  settings: SearchSettings,
  sinceBoot: number,
): Map<Op, number> {
  const deadlineFactor = Math.max(
    LEAST_PATIENCE,
    Math.min(1, sinceBoot / Math.max(1, settings.stepsPerBoot)),
  );
  const owed = owedIn(world);
  const streams = Object.values(world.attaches).some((attach) => attach.state === 'open');
  const execs = Object.values(world.execs).some((exec) => exec.status !== 'gone');
  const serving = Object.values(world.boxes).some(
    ({ home, status }) => home === 'server' && status === 'running',
  );
  const resting = Object.values(world.boxes).some(
    ({ home, status }) => home === 'local' && (status === 'configured' || status === 'stopped'),
  );
  const factor = (op: Op): number => {
    if (bootOps.has(op)) return deadlineFactor;
    if (op === 'restart-server') return serving ? 1 : IDLE;
    if (copies.has(op)) return resting ? AT_REST : 1;
    if (streams && streamOps.has(op)) return settings.followUp;
    return execs && execOps.has(op) ? settings.followUp / 2 : 1;
  };
  return new Map(
    [...ops].map((op) => [op, settings.weights[op] * factor(op) * (owed.has(op) ? OWED : 1)] as const),
  );
}

/** Verbs that would show what has been done: damage that nobody looks at is not found. */
function owedIn(world: World): ReadonlySet<Op> {
  const owed = new Set<Op>();
  const boxes = Object.values(world.boxes).filter((box) => box.status === 'running');
  if (boxes.some((box) => box.runs > 1)) owed.add('exec');
  // What ended with its server shows only while nothing boots it again.
  if (boxes.some(({ adopted }) => adopted)) owed.add('inspect');
  if (boxes.some((box) => Object.keys(box.disk).length > 0 || box.mounts.length > 0)) owed.add('restart');
  for (const exec of Object.values(world.execs)) if (exec.status === 'ending') owed.add('wait');
  for (const attach of Object.values(world.attaches)) {
    if (attach.state === 'ended') owed.add('read');
    const exec = attach.state === 'open' && 'exec' in attach.to ? world.execs[attach.to.exec] : undefined;
    if (!exec) continue;
    if (attach.readonly || exec.work.do === 'cat') owed.add('send');
    if (attach.errors.length > 0 || exec.out !== '' || exec.status === 'ending') owed.add('read');
  }
  return owed;
}

/** How much there is to refuse about a verb, and how much it matters; the others: 1. */
const refusals: Partial<Record<Op, number>> = {
  create: 15,
  run: 7,
  foreground: 6,
  rm: 10,
  start: 3,
  exec: 5,
  inspect: 2,
  'copy-in': 5,
  spawn: 0.5,
  attach: 1,
  kill: 0.5,
};

/**
 * How likely each verb is when a refusal is wanted. One of a creating verb boots nothing, so that it needs no
 * patience, and there are many; a bogus execution is refused everywhere in the same way.
 */
export const refusable = (weights: ReadonlyMap<Op, number>): Map<Op, number> =>
  new Map([...weights].map(([op, weight]) => [op, weight * (refusals[op] ?? 1)]));
