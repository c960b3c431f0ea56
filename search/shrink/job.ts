import { surfaceOf } from '../../model/refers.ts';
import type { Failure } from '../../program/failure.ts';
import type { Step } from '../../program/step.ts';
import { isNoticed } from '../../verdict/same-or-weaker-failure.ts';
import { type PossibleWorlds, trajectoryOf, worldsAfter } from '../worlds/possible-worlds.ts';
import { predict, type Rules } from '../worlds/rules.ts';
import { isClosed, renumber } from './refs.ts';

/** One failing program on its way down. */
export interface Job {
  readonly rules: Rules;
  /** The steps that count: what comes after the failing step was never run. */
  readonly steps: readonly Step[];
  /** Index of the failing step, which must stay; null when an oracle looked after the last step, or after any. */
  readonly failing: number | null;
  /** Index of the failing step or of the one after which an oracle noticed: a hint of what matters. */
  readonly anchor: number | null;
  readonly site: Site | null;
}

/** What is known of a failing program; without a failure every step may be the culprit. */
export function jobOf(rules: Rules, steps: readonly Step[], failure: Failure | null): Job {
  if (!failure || failure.at >= steps.length)
    return { rules, steps, failing: null, anchor: null, site: null };
  const { at } = failure;
  const cut = steps.slice(0, at + 1);
  if (isNoticed(failure)) return { rules, steps: cut, failing: null, anchor: at, site: null };
  return { rules, steps: cut, failing: at, anchor: at, site: siteToKeep(rules, cut, failure) };
}

/**
 * The candidate in canonical form when the model has nothing against it: handles made before they are used,
 * every step predictable, the failing step where it was, unless it crosses over to another operation on purpose.
 * Null otherwise: it would never reach the runtime.
 */
export function admit(job: Job, steps: readonly Step[], crosses = false): Step[] | null {
  if (steps.length === 0 || !isClosed(steps)) return null;
  const renumbered = renumber(steps);
  if (isLegal(job, renumbered, crosses)) return renumbered;
  return isLegal(job, steps, crosses) ? [...steps] : null;
}

function isLegal(job: Job, steps: readonly Step[], crosses: boolean): boolean {
  if (job.failing === null || crosses) return trajectoryOf(job.rules, steps, 'some') !== null;
  const worlds = trajectoryOf(job.rules, steps.slice(0, -1), 'some')?.at(-1);
  const last = steps.at(-1);
  return worlds !== undefined && last !== undefined && keepsSite(job, worlds, last);
}

function keepsSite(job: Job, worlds: PossibleWorlds, last: Step): boolean {
  if (job.site !== null) return sitesOf(job.rules, worlds, last).has(job.site);
  const original = job.steps.at(-1);
  return last.op === original?.op && worldsAfter(job.rules, worlds, last, 'some') !== null;
}

/**
 * What the model alone can tell of a failure's signature: operation, surface, situation and the labels of the
 * allowed outcomes. A candidate whose failing step has another site cannot show the same failure, so it is
 * thrown away without a run.
 */
export type Site = string;

/** The site of a step in each world it may be met in. */
export function sitesOf(rules: Rules, worlds: PossibleWorlds, step: Step): Set<Site> {
  const sites = new Set<Site>();
  for (const world of worlds) {
    const prediction = predict(rules, world, step);
    if (!prediction) continue;
    const labels = prediction.outcomes.map((outcome) => outcome.label);
    const situation = rules.situation(world, step);
    sites.add(siteText(step, situation, labels)).add(siteText(step, situation, null));
  }
  return sites;
}

/**
 * The site candidates must keep; null when the model does not meet the failure where the run did (a known
 * divergence may have led it elsewhere), so that nothing can be told without running.
 */
export function siteToKeep(rules: Rules, steps: readonly Step[], failure: Failure): Site | null {
  const step = steps[failure.at];
  if (!step) return null;
  const worlds = trajectoryOf(rules, steps.slice(0, failure.at), 'some')?.at(-1);
  // An oracle's signature does not speak of labels.
  const labels = failure.kind === 'unexpected' ? failure.allowed.map((outcome) => outcome.label) : null;
  const site = siteText(step, failure.situation, labels);
  return worlds && sitesOf(rules, worlds, step).has(site) ? site : null;
}

function siteText(step: Step, situation: string, labels: readonly string[] | null): Site {
  return [step.op, surfaceOf(step), situation, labels ? [...new Set(labels)].sort().join(',') : '*'].join(
    ' | ',
  );
}
