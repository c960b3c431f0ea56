import type { Step } from '../../program/step.ts';
import type { Failure } from '../../verdict/failure.ts';
import { advance, type Belief, firstBelief, walk } from '../belief.ts';
import type { Rules } from '../rules.ts';
import { isClosed } from './refs.ts';
import { renumber } from './renumber.ts';
import { type Site, sitesOf, siteToKeep } from './site.ts';

/** One failing program on its way down. */
export interface Job {
  readonly rules: Rules;
  /** The steps that count: what comes after the failing step was never run. */
  readonly steps: readonly Step[];
  /** Index of the failing step, which must stay; null when an oracle spoke after the last step. */
  readonly failing: number | null;
  readonly site: Site | null;
}

/** What is known of a failing program; without a failure every step may be the culprit. */
export function jobOf(rules: Rules, steps: readonly Step[], failure: Failure | null): Job {
  if (!failure || failure.at >= steps.length) return { rules, steps, failing: null, site: null };
  const cut = steps.slice(0, failure.at + 1);
  return { rules, steps: cut, failing: failure.at, site: siteToKeep(rules, cut, failure) };
}

/**
 * The candidate in canonical form when the model has nothing against it: handles made before they are used,
 * every step predictable, the failing step where it was. Null otherwise: it would never reach the runtime.
 */
export function admit(job: Job, steps: readonly Step[]): Step[] | null {
  if (steps.length === 0 || !isClosed(steps)) return null;
  const renumbered = renumber(steps);
  if (isLegal(job, renumbered)) return renumbered;
  return isLegal(job, steps) ? [...steps] : null;
}

function isLegal(job: Job, steps: readonly Step[]): boolean {
  if (job.failing === null) return walk(job.rules, steps, 'some') !== null;
  const belief = walk(job.rules, steps.slice(0, -1), 'some')?.at(-1);
  const last = steps.at(-1);
  return belief !== undefined && last !== undefined && keepsSite(job, belief, last);
}

function keepsSite(job: Job, belief: Belief, last: Step): boolean {
  if (job.site !== null) return sitesOf(job.rules, belief, last).has(job.site);
  const original = job.steps.at(-1);
  return last.op === original?.op && advance(job.rules, belief, last, 'some') !== null;
}

/** Indices of the steps that the contract says leave the world as it is: reads and refusals. */
export function idleSteps(job: Job): Set<number> {
  const idle = new Set<number>();
  let belief: Belief = firstBelief;
  job.steps.forEach((step, index) => {
    const next = advance(job.rules, belief, step, 'some');
    if (!next) return;
    if (next[0] === belief[0] && index !== job.failing) idle.add(index);
    belief = next;
  });
  return idle;
}
