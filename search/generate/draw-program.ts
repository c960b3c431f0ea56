import type { Random } from 'fast-check';
import { verbs } from '../../commands/index.ts';
import type { Op, Step, Surface } from '../../program/step.ts';
import { bestTransitions } from '../coverage/guide/choose.ts';
import { drawTransition } from '../coverage/guide/draw-transition.ts';
import { addStep, type Guide, noveltyBy } from '../coverage/guide/guide.ts';
import type { Novelty } from '../coverage/guide/novelty.ts';
import { firstWorlds, type PossibleWorlds } from '../worlds/possible-worlds.ts';
import type { Rules } from '../worlds/rules.ts';
import { chance, pickWeighted } from './chance.ts';
import { type Draw, type Drawn, drawStep } from './draw-step.ts';
import type { SearchSettings } from './settings.ts';
import { drawSwarm, type Swarm, wholeLanguage } from './swarm.ts';
import { weightsIn } from './weights.ts';

/** What programs are drawn from. */
export interface Source {
  readonly rules: Rules;
  readonly settings: SearchSettings;
  readonly surfaces: ReadonlySet<Surface>;
  readonly guide?: Guide;
}

interface Progress {
  readonly steps: Step[];
  worlds: PossibleWorlds;
  /** Steps since the last boot; starts high, so that the first boot is free. */
  sinceBoot: number;
}

/** The steps of one program: each predictable in every world that the steps before it may lead to. */
export function drawSteps(random: Random, source: Source, biasFactor: number | undefined): Step[] {
  const { settings, rules, surfaces, guide } = source;
  // Most programs are left to chance, whose themes and values lead elsewhere.
  const guidance = guide && chance(random, settings.guided) ? { guide, novelty: noveltyBy(guide) } : null;
  const length = drawLength(random, settings);
  const swarm = guidance
    ? wholeLanguage(settings, rules.verbs, surfaces)
    : drawSwarm(random, settings, rules.verbs, surfaces);
  const progress: Progress = { steps: [], worlds: firstWorlds, sinceBoot: swarm.settings.stepsPerBoot };
  while (progress.steps.length < length) {
    const led = guidance
      ? guidedStep(random, source, swarm, progress, guidance, biasFactor)
      : ('chance' as const);
    const drawn = led === 'chance' ? nextStep(random, source, swarm, progress, biasFactor) : led;
    if (!drawn) break;
    if (guidance) addStep(guidance.guide, guidance.novelty, rules, progress.worlds[0], drawn.step);
    progress.sinceBoot = verbs[drawn.step.op].effect === 'boots' ? 0 : progress.sinceBoot + 1;
    progress.steps.push(drawn.step);
    progress.worlds = drawn.worlds;
  }
  return progress.steps;
}

/** Transitions that are tried, the best first, before chance alone decides. */
const CHOICES = 5;

/** The step that is worth most for coverage, or that chance is to decide; null when a new program is worth more. */
function guidedStep(
  random: Random,
  source: Source,
  swarm: Swarm,
  progress: Progress,
  { guide, novelty }: { guide: Guide; novelty: Novelty },
  biasFactor: number | undefined,
): Drawn | 'chance' | null {
  const best = bestTransitions(guide, novelty, progress.worlds, source.settings.maxBoxes, CHOICES);
  if (!best) return null;
  for (const choice of best) {
    const drawn = drawTransition(random, drawFrom(source, swarm, progress, biasFactor)(false), choice);
    if (drawn) return drawn;
  }
  return 'chance';
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
  const { settings } = swarm;
  const draw = drawFrom(source, swarm, progress, biasFactor);
  if (isEnding(progress.worlds) && chance(random, settings.settleFirst)) {
    const settle = drawStep(random, draw(false), settling);
    if (settle) return settle;
  }
  const weights = weightsIn(progress.worlds[0], swarm.ops, settings, progress.sinceBoot);
  // A program that begins with a refusal has nothing to refuse yet but bogus ids: those come later too.
  const illegal = progress.steps.length > 0 && chance(random, settings.illegalShare);
  const wanted =
    drawStep(random, draw(illegal), weights) ?? (illegal ? drawStep(random, draw(false), weights) : null);
  if (wanted) return wanted;
  // A subset whose boxes have all ended would only be refused again and again: any verb leads out of there.
  const anything = weightsIn(progress.worlds[0], everyOp(source), settings, 0);
  return drawStep(random, draw(false), anything) ?? drawStep(random, draw(true), weights);
}

const settling: ReadonlyMap<Op, number> = new Map(
  Object.values(verbs).flatMap(({ op, effect }) => (effect === 'settles' ? [[op as Op, 1] as const] : [])),
);

const everyOp = (source: Source): Op[] => Object.keys(source.rules.verbs) as Op[];

const isEnding = (worlds: PossibleWorlds): boolean =>
  Object.values(worlds[0].boxes).some((box) => box.status === 'ending');

const drawFrom =
  (
    { rules }: Source,
    { settings, surfaces, works }: Swarm,
    progress: Progress,
    biasFactor: number | undefined,
  ) =>
  (illegal: boolean): Draw => ({
    rules,
    context: {
      surfaces,
      profile: rules.profile,
      illegal,
      maxBoxes: settings.maxBoxes,
      ...(works && { works }),
    },
    steps: progress.steps,
    worlds: progress.worlds,
    biasFactor,
    ambition: settings.ambition,
  });
