import type { Random } from 'fast-check';
import type { Op, Step, Surface } from '../program/step.ts';
import { type Belief, firstBelief } from './belief.ts';
import { chance, pickWeighted } from './chance.ts';
import { type CoverageView, keyText } from './coverage-key.ts';
import { type Draw, type Drawn, drawStep } from './draw-step.ts';
import { predict, type Rules } from './rules.ts';
import { bootOps, type SearchSettings } from './settings.ts';
import { drawSwarm, type Swarm } from './swarm.ts';
import { weightsIn } from './weights.ts';

/** What programs are drawn from. */
export interface Source {
  readonly rules: Rules;
  readonly settings: SearchSettings;
  readonly surfaces: ReadonlySet<Surface>;
  readonly bias?: CoverageView;
}

interface Progress {
  readonly steps: Step[];
  belief: Belief;
  /** Steps since the last boot; starts high, so that the first boot is free. */
  sinceBoot: number;
}

/** The steps of one program: each predictable in every world that the steps before it may lead to. */
export function drawSteps(random: Random, source: Source, biasFactor: number | undefined): Step[] {
  const length = drawLength(random, source.settings);
  const swarm = drawSwarm(random, source.settings, source.rules.verbs, source.surfaces);
  const progress: Progress = { steps: [], belief: firstBelief, sinceBoot: swarm.settings.stepsPerBoot };
  while (progress.steps.length < length) {
    const drawn = nextStep(random, source, swarm, progress, biasFactor);
    if (!drawn) break;
    progress.sinceBoot = bootOps.has(drawn.step.op) ? 0 : progress.sinceBoot + 1;
    progress.steps.push(drawn.step);
    progress.belief = drawn.belief;
  }
  return progress.steps;
}

function drawLength(random: Random, settings: SearchSettings): number {
  const bands = settings.lengths.map((band, i) => {
    const from = Math.min((settings.lengths[i - 1]?.upTo ?? 0) + 1, settings.maxSteps);
    return [{ from, upTo: Math.max(from, Math.min(band.upTo, settings.maxSteps)) }, band.weight] as const;
  });
  const band = pickWeighted(random, bands) ?? { from: 1, upTo: settings.maxSteps };
  return random.nextInt(band.from, band.upTo);
}

function nextStep(
  random: Random,
  source: Source,
  swarm: Swarm,
  progress: Progress,
  biasFactor: number | undefined,
): Drawn | null {
  const { settings, works } = swarm;
  const draw = (illegal: boolean, surfaces: ReadonlySet<Surface> = swarm.surfaces): Draw => ({
    rules: source.rules,
    context: {
      surfaces,
      profile: source.rules.profile,
      illegal,
      maxBoxes: settings.maxBoxes,
      ...(works && { works }),
    },
    steps: progress.steps,
    belief: progress.belief,
    biasFactor,
    ambition: settings.ambition,
  });
  if (isEnding(progress.belief) && chance(random, settings.settleFirst)) {
    const settle = drawStep(random, draw(false), new Map<Op, number>([['settle', 1]]));
    if (settle) return settle;
  }
  const weights = weightsIn(progress.belief[0], swarm.ops, settings, progress.sinceBoot);
  // A program that begins with a refusal has nothing to refuse yet but bogus ids: those come later too.
  const illegal = progress.steps.length > 0 && chance(random, settings.illegalShare);
  return (
    guided(random, source, draw(illegal), weights) ??
    drawStep(random, draw(!illegal), weights) ??
    drawStep(random, draw(false), weightsIn(progress.belief[0], everyOp(source), settings, 0))
  );
}

const everyOp = (source: Source): Op[] => Object.keys(source.rules.verbs) as Op[];

const isEnding = (belief: Belief): boolean =>
  Object.values(belief[0].boxes).some((box) => box.status === 'ending');

/** One draw, or the least seen of several when coverage guides the search. */
function guided(random: Random, source: Source, draw: Draw, weights: ReadonlyMap<Op, number>): Drawn | null {
  const first = drawStep(random, draw, weights);
  const { bias, settings } = source;
  if (!first || !bias || !chance(random, settings.biasShare)) return first;
  let best = first;
  let bestCount = timesSeen(source.rules, bias, draw.belief, first.step);
  for (let i = 1; i < settings.biasDraws && bestCount > 0; i++) {
    const other = drawStep(random, draw, weights);
    const count = other ? timesSeen(source.rules, bias, draw.belief, other.step) : Number.POSITIVE_INFINITY;
    if (other && count < bestCount) [best, bestCount] = [other, count];
  }
  return best;
}

function timesSeen(rules: Rules, bias: CoverageView, belief: Belief, step: Step): number {
  const label = predict(rules, belief[0], step)?.outcomes[0].label ?? '';
  return bias.count(keyText(step, rules.situation(belief[0], step), label));
}
