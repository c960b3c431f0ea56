import { deadlines } from '../../domain/deadlines.ts';
import type { InvalidBody } from '../../domain/invalid-body.ts';
import type { Work } from '../../domain/work.ts';
import { withBox, withHost, withNew } from '../edit.ts';
import { boxesOf, homeOf } from '../lookup.ts';
import { type Creating, newBox } from '../made.ts';
import { dropUnknown, mountRefusal, mountsInForce } from '../mounts.ts';
import type { Outcome, Prediction } from '../outcome.ts';
import type { Profile } from '../profile.ts';
import type { Reason } from '../reasons.ts';
import { failRun, removeBox, settled, startRun } from '../runs.ts';
import { workResult } from '../work.ts';
import type { Box, World } from '../world.ts';
import { allow, done, refused } from './shape.ts';

/** `create`, maybe with a body that is refused. */
export interface Create extends Creating {
  readonly flaw?: InvalidBody | undefined;
}

/** A run that is followed to its end. */
export interface Foreground extends Creating {
  readonly main: Work;
  readonly stdin?: string | undefined;
  readonly rm?: boolean | undefined;
}

/** A box that a step asks for, with its volumes. */
const boxOf = (step: Creating, profile: Profile, detached: boolean): Box => ({
  ...newBox(step, detached),
  mounts: mountsInForce(step, profile),
});

/** The world with the box stored, and the host directories that it mounts in use. */
const stored = (world: World, box: Box): World =>
  box.mounts
    .flatMap((mount) => ('host' in mount ? [mount.host] : []))
    .reduce(withHost, withNew(world, 'boxes', box));

/** Every reason the creation may be refused for before a record is made (contract 2.2, 4.4, 6). */
function refusalsBefore(world: World, step: Create, profile: Profile): Reason[] {
  const reasons: Reason[] = [];
  if (step.flaw) reasons.push(step.flaw === 'two-images' ? 'create-two-images' : 'create-flaw');
  const mount = mountRefusal(step, profile);
  if (mount) reasons.push(mount);
  const taken =
    step.name !== undefined && boxesOf(world, homeOf(step.via)).some((box) => box.name === step.name);
  if (taken) reasons.push('name-taken');
  return reasons;
}

/** Refused without a record: the handle stands for a box that never was. */
function refusedOutright(world: World, box: Box, reasons: Reason[]): Prediction | null {
  const gone = withNew(world, 'boxes', { ...box, status: 'removed', mounts: [] });
  const [first, ...rest] = reasons.map((reason) => refused(reason, gone));
  return first ? allow(deadlines.bootMs, first, ...rest) : null;
}

/**
 * `create`, POST boxes: stores, boots nothing (contract 2.3). On the CLI `create --rootfs DIR` takes no COMMAND
 * (its first positional would be an IMAGE), so a job box is created over REST only: nothing is predicted otherwise.
 */
export function predictCreate(world: World, step: Create, profile: Profile): Prediction | null {
  if (dropUnknown(step, profile) || ((step.main || step.flaw) && step.via !== 'rest')) return null;
  const box = boxOf(step, profile, true);
  const made = done('created', stored(world, box), { is: 'made' });
  return (
    refusedOutright(world, box, refusalsBefore(world, step, profile)) ?? allow(deadlines.commandMs, made)
  );
}

/** `run -d`, or POST boxes and POST start: exit 0 means that the command has been started (contract 2.2). */
export function predictRun(world: World, step: Creating, profile: Profile): Prediction | null {
  if (dropUnknown(step, profile)) return null;
  const box = boxOf(step, profile, true);
  const early = refusedOutright(world, box, refusalsBefore(world, step, profile));
  if (early) return early;
  const made = stored(world, box);
  const [first, ...others] = startRun(made, box.handle).map((next) => done('running', next, { is: 'made' }));
  if (!first) return allow(deadlines.bootMs, refused(mainRefusal(box), failRun(made, box.handle)));
  return allow(deadlines.bootMs, first, ...others);
}

/** Foreground `run`: streams, passes the code on; the box is Stopped afterwards, or gone with --rm. */
export function predictForeground(world: World, step: Foreground, profile: Profile): Prediction | null {
  if ((step.rm && step.via === 'rest') || dropUnknown(step, profile)) return null;
  const box = boxOf(step, profile, false);
  const early = refusedOutright(world, box, refusalsBefore(world, step, profile));
  if (early) return early;
  const made = stored(world, box);
  const counted = { ...box, runs: 1 };
  const result = workResult(stored(world, counted), counted, step.main, step.stdin ?? '', true);
  const leave = (next: World): World => (step.rm ? removeBox(next, box.handle) : next);
  if (result.ends === 'refused') {
    return allow(deadlines.bootMs, refused(mainRefusal(box), leave(failRun(made, box.handle))));
  }
  if (!result.ends) return null;
  const code = result.code === 'nonzero' ? 'any' : result.code;
  const { out, err } = result;
  const ending = withBox(result.world, box.handle, { out, err, status: 'ending', code });
  // The next local process settles what it finds; a server's word may lag behind a CLI that has returned
  // (contract 7.1).
  const over = step.via === 'cli' ? settled(ending, box.handle) : ending;
  return allow(deadlines.bootMs, foregroundOutcome(result, leave(over)));
}

function foregroundOutcome(
  result: Extract<ReturnType<typeof workResult>, { ends: true }>,
  next: World,
): Outcome {
  const codes = result.code === 'nonzero' ? 'nonzero' : [result.code];
  return done('ran', next, {
    is: 'ended',
    codes,
    out: result.shape ?? { exactly: result.out },
    err: { contains: [result.err] },
  });
}

/** Why the main command of a box cannot be started. */
export const mainRefusal = (box: Box): Reason =>
  box.main?.do === 'directory' ? 'main-directory' : 'main-missing';
