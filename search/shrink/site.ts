import { surfaceOf } from '../../model/refers.ts';
import type { Failure } from '../../program/failure.ts';
import type { Step } from '../../program/step.ts';
import { type PossibleWorlds, trajectoryOf } from '../worlds/possible-worlds.ts';
import { predict, type Rules } from '../worlds/rules.ts';

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
