import { type BoxOptions, capabilities, optionsOf } from '../domain/options.ts';
import { isCli, isSdk } from '../domain/surface.ts';
import { hasLifetime, isTold } from './lifetime.ts';
import { areRules, policyMistakes } from './network.ts';
import { idsOf, isTellable, startRefusal } from './options.ts';
import { newestProfile, type Profile } from './profile.ts';
import type { Reason } from './reasons.ts';
import type { Creating } from './situation.ts';

/** Why no box is made that is asked for in this way, several mistakes included (contract 12.2 to 12.4). */
export function creationRefusals(step: Creating): Reason[] {
  const { via, cpus = 1, capAdd = [], capDrop = [], autoStopS = 0, autoDeleteS = 0 } = step;
  const reasons: Reason[] = [];
  if (via !== 'rest' && (cpus === 0 || cpus > 255)) reasons.push('cpus-no-number');
  else if (cpus === 0 || cpus > 16) reasons.push('cpus-range');
  if ([...capAdd, ...capDrop].some((name) => capabilities[name] === null))
    reasons.push('capability-malformed');
  reasons.push(...policyMistakes(step.outbound, step.allowNet));
  if (via === 'url' && step.ports) reasons.push('ports-not-by-url');
  if (step.badPort) reasons.push(`port-${step.badPort}`);
  else if (step.ports && step.outbound === 'disabled') reasons.push('ports-without-network');
  if (step.detach && step.autoDeleteS === undefined) reasons.push('detach-removed');
  if (via === 'cli' && (step.autoStopS ?? step.autoDeleteS) !== undefined)
    reasons.push('deadline-without-server');
  else if (autoDeleteS > 0 && autoDeleteS <= autoStopS) reasons.push('deadline-order');
  return reasons;
}

const hasDeadlines = ({ autoStopS, autoDeleteS, autoResume }: BoxOptions): boolean =>
  autoStopS !== undefined || autoDeleteS !== undefined || autoResume !== undefined;

/** Whether this version speaks of all that is asked for: others judge it otherwise (contract 10). */
const isKnownTo = ({ deadlines, cpusChecked, policies }: Profile, step: Creating): boolean =>
  (policies || areRules(step.allowNet)) &&
  (deadlines || !hasDeadlines(step)) &&
  (cpusChecked || (step.cpus !== 0 && (step.cpus ?? 1) <= 16));

/** Deadlines shorter than this would be over while a program runs. */
const LONG_S = 3_600;

/** Whether a deadline is far enough, and `auto_resume` asked for where it matters: a job is never booted in passing. */
const isStill = ({ main, autoStopS = 0, autoDeleteS = 0, autoResume }: Creating): boolean =>
  [autoStopS, autoDeleteS].every((s) => s === 0 || s >= LONG_S) && !(main && autoResume === false);

/** What becomes of a port of the machine that one box asks for twice is not said. */
const hasPortTwice = ({ ports = [] }: BoxOptions): boolean =>
  ports.some(({ host }, i) => host !== undefined && ports.findIndex((other) => other.host === host) !== i);

/**
 * Whether a box can be asked for in this way: over REST as a body can say it, on the command line by the flags of `run`
 * (contract 12.1), of an SDK with variables alone. Of two mistakes in one command nothing is predicted.
 */
export function isAskable(step: Creating, profile: Profile = newestProfile): boolean {
  const { via, main, entrypoint, emptyCmd, workdir, badWorkdir } = step;
  if (!isTellable(main, step) || (badWorkdir && workdir)) return false;
  if (!isKnownTo(profile, step) || !isStill(step)) return false;
  const isImpossible = main?.do === 'missing' || main?.do === 'directory';
  if (startRefusal(step, 'main') && (isImpossible || (badWorkdir && idsOf(step) === null))) return false;
  if (entrypoint !== undefined && entrypoint !== 'empty' && !main) return false;
  // What becomes of it on the local home is not said.
  if (via === 'cli' && step.autoResume !== undefined) return false;
  if (step.allowNet?.length === 0 && via !== 'rest') return false;
  // Over REST there is no field for them, and which of two mistakes is told is not said.
  if ((step.ports || step.badPort) && !isCli(via)) return false;
  if (step.badPort && (step.ports || via === 'url')) return false;
  if (hasPortTwice(step)) return false;
  if (!hasLifetime(step)) return false;
  if (isSdk(via))
    return !step.mounts?.length && Object.keys(optionsOf(step)).every((name) => isTold(via, name));
  if (step.capAdd?.includes('ALL') && step.capDrop?.includes('ALL')) return false;
  if (emptyCmd && main && entrypoint !== 'all') return false;
  return via === 'rest' || (!emptyCmd && (entrypoint === undefined || entrypoint === 'one'));
}

/**
 * The same for `create`: on the command line it has no flag for a user, and with `--rootfs DIR` takes no COMMAND (its
 * first positional would be an IMAGE), so a job box is created over REST only (contract 2.3).
 */
export const isCreatable = (step: Creating): boolean =>
  isAskable(step) && !(isCli(step.via) && (step.main || step.user !== undefined));
