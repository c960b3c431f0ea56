import { type Bytes, utf8 } from '../domain/bytes.ts';
import {
  type BoxOptions,
  type Capability,
  capabilities,
  type ProcessOptions,
  users,
} from '../domain/options.ts';
import { variablesOf } from '../domain/variables.ts';
import type { Work } from '../domain/work.ts';
import { newestProfile, type Profile } from './profile.ts';
import type { Reason } from './reasons.ts';
import type { Creating } from './situation.ts';
import type { Box } from './world.ts';

/** The box as a process in it finds it: its own options hold over those of the box (contract 12.1). */
export function inForce(box: Box, { env = [], workdir, user }: ProcessOptions): Box {
  const own = { ...(workdir && { workdir }), ...(user && { user }) };
  return { ...box, options: { ...box.options, ...own, env: [...(box.options.env ?? []), ...env] } };
}

/** Names and values of the variables that a process has; the last of a name counts. */
export const variablesFor = ({ options }: Box): Record<Bytes, Bytes> =>
  Object.fromEntries(variablesOf(options.env).map(([key, value]) => [utf8(key), utf8(value)]));

const ANY: readonly [number, number] = [1, Number.MAX_SAFE_INTEGER];
const GIB_IN_KIB = 2 ** 20;
/** No image is larger; what is below that of the box has no effect (contract 12.2). */
const LARGEST_IMAGE_GB = 15;

/** Processors, memory and root disk that a guest shows, in KiB: what was asked for, less what systems keep for themselves. */
export const machineOf = ({ cpus, memoryMib, diskGb = 0 }: BoxOptions): (readonly [number, number])[] => [
  cpus === undefined ? ANY : [cpus, cpus],
  memoryMib === undefined ? ANY : [memoryMib * 1024 * 0.75, memoryMib * 1024],
  diskGb < LARGEST_IMAGE_GB ? ANY : [Math.ceil(diskGb * GIB_IN_KIB * 0.9), diskGb * GIB_IN_KIB],
];

const bitsOf = (names: readonly Capability[] = []): number[] =>
  names.flatMap((name) => {
    const bit = capabilities[name];
    if (bit === 'all') return Object.values(capabilities).filter((other) => typeof other === 'number');
    return bit ?? [];
  });

/** Bits that are set and clear: what is named counts more than ALL, of which all that has a name here is looked at. */
export function capabilitiesOf({ capAdd = [], capDrop = [] }: BoxOptions): {
  set: number[];
  clear: number[];
} {
  const own = (names: readonly Capability[]) => bitsOf(names.filter((name) => name !== 'ALL'));
  return {
    set: bitsOf(capAdd).filter((bit) => !own(capDrop).includes(bit)),
    clear: bitsOf(capDrop).filter((bit) => !own(capAdd).includes(bit)),
  };
}

/** Who a process runs as; null for a user that the image does not know. */
export const idsOf = ({ user = 'root' }: ProcessOptions) => users[user];

/** What only root can do in every image: its home is closed to others. */
const needsRoot: ReadonlySet<Work['do']> = new Set(['write', 'read', 'runs', 'open', 'gate']);

/** Whether it can be told what a process does that is asked for in this way: of files of others nothing is. */
export function isTellable(work: Work | null | undefined, ...asked: readonly ProcessOptions[]): boolean {
  if (asked.every((options) => (idsOf(options) ?? users.root).uid === 0)) return true;
  return (
    !(work && (needsRoot.has(work.do) || work.do === 'caps')) &&
    asked.every(({ workdir }) => workdir !== '/root')
  );
}

/** Why no box is made that is asked for in this way, several mistakes included (contract 12.2 to 12.4). */
export function creationRefusals(step: Creating): Reason[] {
  const { via, cpus = 1, capAdd = [], capDrop = [], autoStopS = 0, autoDeleteS = 0 } = step;
  const reasons: Reason[] = [];
  if (via !== 'rest' && (cpus === 0 || cpus > 255)) reasons.push('cpus-no-number');
  else if (cpus === 0 || cpus > 16) reasons.push('cpus-range');
  if ([...capAdd, ...capDrop].some((name) => capabilities[name] === null))
    reasons.push('capability-malformed');
  if (via === 'cli' && hasDeadlines(step)) reasons.push('deadline-without-server');
  else if (autoDeleteS > 0 && autoDeleteS <= autoStopS) reasons.push('deadline-order');
  return reasons;
}

const hasDeadlines = ({ autoStopS, autoDeleteS, autoResume }: BoxOptions): boolean =>
  autoStopS !== undefined || autoDeleteS !== undefined || autoResume !== undefined;

/** Whether this version speaks of all that is asked for: others judge it otherwise (contract 10). */
const isKnownTo = ({ deadlines, cpusChecked }: Profile, step: Creating): boolean =>
  (deadlines || !hasDeadlines(step)) && (cpusChecked || (step.cpus !== 0 && (step.cpus ?? 1) <= 16));

/** Deadlines shorter than this would be over while a program runs. */
const LONG_S = 3_600;

/** Whether a deadline is far enough, and `auto_resume` asked for where it matters: a job is never booted in passing. */
const isStill = ({ main, autoStopS = 0, autoDeleteS = 0, autoResume }: Creating): boolean =>
  [autoStopS, autoDeleteS].every((s) => s === 0 || s >= LONG_S) && !(main && autoResume === false);

/**
 * Whether a box can be asked for in this way: over REST as a body can say it, on the command line by the flags of `run`
 * (contract 12.1). Of two mistakes in one command nothing is predicted.
 */
export function isAskable(step: Creating, profile: Profile = newestProfile): boolean {
  const { via, main, entrypoint, emptyCmd, workdir, badWorkdir } = step;
  if (!isTellable(main, step) || (badWorkdir && workdir)) return false;
  if (!isKnownTo(profile, step) || !isStill(step)) return false;
  const isImpossible = main?.do === 'missing' || main?.do === 'directory';
  if (startRefusal(step, 'main') && (isImpossible || (badWorkdir && idsOf(step) === null))) return false;
  if (entrypoint !== undefined && entrypoint !== 'empty' && !main) return false;
  if (step.capAdd?.includes('ALL') && step.capDrop?.includes('ALL')) return false;
  if (emptyCmd && main && entrypoint !== 'all') return false;
  return via === 'rest' || (!emptyCmd && (entrypoint === undefined || entrypoint === 'one'));
}

/**
 * The same for `create`: on the command line it has no flag for a user, and with `--rootfs DIR` takes no COMMAND (its
 * first positional would be an IMAGE), so a job box is created over REST only (contract 2.3).
 */
export const isCreatable = (step: Creating): boolean =>
  isAskable(step) && (step.via === 'rest' || (!step.main && step.user === undefined));

/** Why no process can be started in this way; null where one can. */
export function startRefusal(options: BoxOptions, box: 'main' | 'exec'): Reason | null {
  if (idsOf(options) === null) return `${box}-user`;
  return options.badWorkdir ? `${box}-workdir` : null;
}
