import { deadlines } from '../../domain/deadlines.ts';
import { type Data, expanded } from '../../domain/fill.ts';
import type { InvalidBody } from '../../domain/invalid-body.ts';
import { isCli } from '../../domain/surface.ts';
import type { Work } from '../../domain/work.ts';
import { creationRefusals, isAskable, isCreatable } from '../creation-options.ts';
import { withHost } from '../hosts.ts';
import { dropUnknown, mountRefusals, mountsInForce } from '../mounts.ts';
import { startRefusal } from '../options.ts';
import { allow, done, type Outcome, type Prediction, refused } from '../outcome.ts';
import { withMountPoints } from '../paths.ts';
import { takenPorts } from '../ports.ts';
import type { Profile } from '../profile.ts';
import type { Reason } from '../reasons.ts';
import { failRun, hasMissingMount, removeBox, settled, startRun } from '../runs.ts';
import { type Creating, newBox } from '../situation.ts';
import { isTellableOn, lacksTerminal } from '../terminal.ts';
import { shownOf, workResult } from '../work.ts';
import { type Box, boxesOf, homeOf, type World, withBox, withNew } from '../world.ts';

/** `create`, maybe with a body that is refused. */
export interface Create extends Creating {
  readonly flaw?: InvalidBody | undefined;
}

/** A run that is followed to its end. */
export interface Foreground extends Creating {
  readonly main: Work;
  readonly stdin?: Data | undefined;
  readonly rm?: boolean | undefined;
}

/** The world with the box stored, and the host directories that it mounts in use. */
const stored = (world: World, box: Box): World =>
  box.mounts
    .flatMap((mount) => ('host' in mount ? [mount.host] : []))
    .reduce(withHost, withNew(world, 'boxes', box));

/** How a wrong body is refused where it is not by its keys. */
const flawReasons: Partial<Record<InvalidBody, Reason>> = {
  'two-images': 'create-two-images',
  'no-json': 'create-no-json',
  'another-type': 'create-another-type',
};

/** Every reason the creation may be refused for before a record is made (contract 2.2, 4.4, 6). */
function refusalsBefore(world: World, step: Create, profile: Profile): Reason[] {
  const reasons: Reason[] = [];
  if (step.flaw) reasons.push(flawReasons[step.flaw] ?? 'create-flaw');
  if (lacksTerminal(step)) reasons.push('no-terminal');
  reasons.push(...creationRefusals(step), ...mountRefusals(step, profile));
  const taken =
    step.name !== undefined && boxesOf(world, homeOf(step.via)).some((box) => box.name === step.name);
  if (taken) reasons.push('name-taken');
  return reasons;
}

/** Whether the box outlives who made it; the Python SDK asks for one that does not, unless told otherwise (contract 15.2). */
const isDetached = ({ via, detach }: Create): boolean =>
  via === 'local-sdk' ? detach === true : via !== 'sdk';

/**
 * What the contract allows for a step that makes a box: a refusal without a record, where its handle stands for a box
 * that never was, or what `made` says of the box and the world in which it is stored.
 */
function creating(
  world: World,
  step: Create,
  profile: Profile,
  detached: boolean,
  made: (box: Box, world: World) => Prediction | null,
): Prediction | null {
  if (dropUnknown(step, profile) || !isAskable(step, profile)) return null;
  const box = { ...newBox(step, detached), mounts: mountsInForce(step, profile) };
  const gone = withNew(world, 'boxes', { ...box, status: 'removed', mounts: [] });
  const refusals = refusalsBefore(world, step, profile).map((reason) => refused(reason, gone));
  const [first, ...rest] = refusals;
  return first ? allow(deadlines.bootMs, first, ...rest) : made(box, stored(world, box));
}

/** `create`, POST boxes: stores, boots nothing (contract 2.3). */
export const predictCreate = (world: World, step: Create, profile: Profile): Prediction | null =>
  !isCreatable(step) || (step.flaw && step.via !== 'rest')
    ? null
    : creating(world, step, profile, isDetached(step), (_, next) =>
        allow(deadlines.commandMs, done('created', next, { is: 'made' })),
      );

/** `run -d`, or POST boxes and POST start: exit 0 means that the command has been started (contract 2.2). */
export const predictRun = (world: World, step: Creating, profile: Profile): Prediction | null =>
  step.terminal && !isCli(step.via)
    ? null
    : creating(world, step, profile, isDetached(step), (box, made) => {
        const [first, ...others] = startRun(made, box.handle).map((next) =>
          done('running', next, { is: 'made' }),
        );
        if (!first)
          return allow(deadlines.bootMs, refused(bootRefusal(box, made), failRun(made, box.handle)));
        return allow(deadlines.bootMs, first, ...others, ...maybeTaken(made, box));
      });

/** Foreground `run`: streams, passes the code on; the box is Stopped afterwards, or gone with --rm. */
export const predictForeground = (world: World, step: Foreground, profile: Profile): Prediction | null =>
  (step.rm && (step.via === 'rest' || step.autoStopS !== undefined || step.autoDeleteS !== undefined)) ||
  !(lacksTerminal(step) || isTellableOn(step, step.main))
    ? null
    : creating(world, step, profile, false, (box, made) => ranToItsEnd(step, box, made));

function ranToItsEnd(step: Foreground, box: Box, made: World): Prediction | null {
  const { handle } = box;
  const started = withMountPoints(withBox(made, handle, { runs: 1, runsOnDisk: 1, hasDisk: 'yes' }), box);
  const stdin = expanded(step.stdin ?? '');
  const ran = workResult(started, started.boxes[handle] as Box, step.main, stdin, true);
  const result = shownOf(step, step.main, ran);
  const leave = (next: World): World => (step.rm ? removeBox(next, handle) : next);
  if (result.ends === 'refused' || startRefusal(step, 'main') || takenPorts(made, box) === 'yes')
    return allow(deadlines.bootMs, refused(bootRefusal(box, made), leave(failRun(made, handle))));
  if (!result.ends) return null;
  const { out, err } = result;
  const code = result.code === 'nonzero' ? 'any' : result.code;
  const ending = withBox(result.world, handle, { out, err, status: 'ending', code });
  // The next local process settles what it finds; a server's word may lag behind a CLI that has returned
  // (contract 7.1).
  const over = step.via === 'cli' ? settled(ending, handle) : ending;
  return allow(deadlines.bootMs, foregroundOutcome(result, leave(over)), ...maybeTaken(made, box, leave));
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

/** A boot that comes too soon after another box had one of its ports (contract 14.3). */
export const maybeTaken = (world: World, box: Box, leave = (next: World): World => next): Outcome[] =>
  takenPorts(world, box) === 'maybe' ? [refused('port-taken', leave(failRun(world, box.handle)))] : [];

/** Why a box cannot be booted. */
export function bootRefusal(box: Box, world: World): Reason {
  if (hasMissingMount(box)) return 'mount-source-missing';
  if (takenPorts(world, box) === 'yes') return 'port-taken';
  const refusal = startRefusal(box.options, 'main');
  if (refusal) return refusal;
  return box.main?.do === 'directory' ? 'main-directory' : 'main-missing';
}
