import { canonical } from '../../program/canonical.ts';
import type { Step } from '../../program/step.ts';
import type { Rules } from '../worlds/rules.ts';
import { admit, type Job } from './job.ts';
import type { Position, Proposals } from './pass.ts';

/** Simplifications of one step in a row that lead to its simplest form. */
const DEPTH = 8;
/** Variants of one step that are tried. */
const VARIANTS = 12;

/** Every step as simple as the model lets it be, all at once: where no argument matters this is one run. */
export function* simplestPass(job: Job, from: Position | null): Proposals {
  if (from) return;
  let steps: readonly Step[] = job.steps;
  for (let index = steps.length - 1; index >= 0; index--) {
    const simpler = steps.with(index, simplest(job.rules, steps[index] as Step));
    if (admit(job, simpler)) steps = simpler;
  }
  if (canonical(steps) !== canonical(job.steps)) yield { steps, resume: { at: 0, size: 0 } };
}

/** One step after the other, from the back: its simplest form first, then its variants. */
export function* argumentPass(job: Job, from: Position | null): Proposals {
  for (let at = Math.min(from?.at ?? job.steps.length, job.steps.length); at > 0; at--) {
    const step = job.steps[at - 1] as Step;
    for (const variant of variantsOf(job.rules, step)) {
      yield { steps: job.steps.with(at - 1, variant), resume: { at, size: 0 } };
    }
  }
}

function variantsOf(rules: Rules, step: Step): Step[] {
  const variants = [simplest(rules, step), ...simpler(rules, step)].slice(0, VARIANTS);
  const own = canonical(step);
  return variants.filter((variant) => canonical(variant) !== own);
}

/** The end of the chain of first choices. */
function simplest(rules: Rules, step: Step): Step {
  let best = step;
  const seen = new Set([canonical(step)]);
  for (let i = 0; i < DEPTH; i++) {
    const next = simpler(rules, best).find((variant) => !seen.has(canonical(variant)));
    if (!next) break;
    seen.add(canonical(next));
    best = next;
  }
  return best;
}

/** What can be simpler in any step (spelling by id, fewer targets), then what its verb knows. */
function simpler(rules: Rules, step: Step): Step[] {
  const variants: Step[] = [];
  if ('by' in step && step.by !== undefined) {
    const { by: _, ...byId } = step;
    variants.push(byId as Step);
  }
  if ('on' in step && Array.isArray(step.on) && step.on.length > 1) {
    const targets: readonly string[] = step.on;
    variants.push(...targets.map((_, i) => ({ ...step, on: targets.filter((_, j) => j !== i) }) as Step));
  }
  return [...variants, ...(rules.verbs[step.op]?.shrink(step) ?? [])].map(keepHandle(step));
}

/** A verb may not rename what a step makes: others use it. */
const keepHandle =
  (step: Step) =>
  (variant: Step): Step =>
    'as' in step && 'as' in variant && variant.as !== step.as
      ? ({ ...variant, as: step.as } as Step)
      : variant;
