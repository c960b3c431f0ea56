import type { Random } from 'fast-check';
import { verbs } from '../../commands/index.ts';
import { livingBoxes } from '../../commands/pick.ts';
import type { Op, Step, Surface } from '../../program/step.ts';
import { addStep, type Guide, type Novelty, noveltyBy } from '../coverage/guide/guide.ts';
import type { Transition } from '../coverage/guide/state-graph.ts';
import { bestTransitions, drawTransition } from '../coverage/guide/transition.ts';
import { firstWorlds, type PossibleWorlds } from '../worlds/possible-worlds.ts';
import type { Rules } from '../worlds/rules.ts';
import { chance, pickWeighted } from './chance.ts';
import { type Draw, type Drawn, drawStep } from './draw-step.ts';
import { recast } from './recast.ts';
import type { SearchSettings } from './settings.ts';
import { type Had, hadNone, withKind } from './step-kind.ts';
import { drawSwarm, type Swarm, wholeLanguage, withRoom } from './swarm.ts';
import { weightsIn } from './weights.ts';

/** What programs are drawn from. */
export interface Source {
  readonly rules: Rules;
  readonly settings: SearchSettings;
  readonly surfaces: ReadonlySet<Surface>;
  readonly guide?: Guide;
}

/** A program on its way. */
interface Drawing {
  readonly random: Random;
  readonly source: Source;
  swarm: Swarm;
  readonly biasFactor: number | undefined;
  readonly steps: Step[];
  had: Had;
  worlds: PossibleWorlds;
  /** Steps since the last boot; starts high, so that the first boot is free. */
  sinceBoot: number;
  /** Transitions that have turned out not to fit: what is in the way, an option of a box, seldom goes. */
  readonly impossible: Set<Transition>;
}

/** The steps of one program: each predictable in every world that the steps before it may lead to. */
export function drawSteps(random: Random, source: Source, biasFactor: number | undefined): Step[] {
  const { settings, rules, surfaces, guide } = source;
  const guidance = guide ? { guide, novelty: noveltyBy(guide) } : null;
  const length = drawLength(random, settings);
  const swarm = wholeLanguage(settings, rules.verbs, surfaces);
  const begun = {
    steps: [],
    had: hadNone,
    worlds: firstWorlds,
    sinceBoot: settings.stepsPerBoot,
    impossible: new Set<Transition>(),
  };
  const drawing: Drawing = { random, source, swarm, biasFactor, ...begun };
  while (drawing.steps.length < length) {
    if (!guidance && drawing.steps.length % settings.stepsPerScope === 0)
      drawing.swarm = withRoom(
        drawSwarm(random, settings, rules.verbs, surfaces),
        livingBoxes(drawing.worlds[0]).length,
      );
    const led = guidance ? guidedStep(drawing, guidance) : 'chance';
    const usual = led === 'chance' ? nextStep(drawing) : led;
    if (!usual) break;
    const { worlds } = drawing;
    const drawn = recast(random, { rules, surfaces, worlds, share: settings.sdkShare }, usual);
    if (guidance) addStep(guidance.guide, guidance.novelty, rules, drawing.worlds[0], drawn.step);
    drawing.sinceBoot = verbs[drawn.step.op].effect === 'boots' ? 0 : drawing.sinceBoot + 1;
    drawing.steps.push(drawn.step);
    drawing.had = withKind(rules, drawing.had, drawn.step);
    drawing.worlds = drawn.worlds;
  }
  return drawing.steps;
}

/** Transitions that are tried, the best first, before chance alone decides. */
const CHOICES = 5;

/** The step that is worth most for coverage, or that chance is to decide; null when a new program is worth more. */
function guidedStep(
  drawing: Drawing,
  { guide, novelty }: { guide: Guide; novelty: Novelty },
): Drawn | 'chance' | null {
  const { random, source, worlds } = drawing;
  const best = bestTransitions(guide, novelty, worlds, source.settings.maxBoxes, CHOICES, drawing.impossible);
  if (!best) return null;
  for (const choice of best) {
    const drawn = drawTransition(random, drawOf(drawing, false), choice);
    if (drawn) return drawn;
    drawing.impossible.add(choice.transition);
  }
  return 'chance';
}

function drawLength(random: Random, { maxSteps, lengths }: SearchSettings): number {
  const bands = lengths.map(({ upTo, weight }, i) => {
    const from = Math.min((lengths[i - 1]?.upTo ?? 0) + 1, maxSteps);
    return [[from, Math.max(from, Math.min(upTo, maxSteps))], weight] as const;
  });
  const [from = 1, upTo = maxSteps] = pickWeighted(random, bands) ?? [];
  return random.nextInt(from, upTo);
}

function nextStep(drawing: Drawing): Drawn | null {
  const { random, source, swarm, steps, worlds, sinceBoot } = drawing;
  const { settings, ops } = swarm;
  const draw = (weights: ReadonlyMap<Op, number>, illegal: boolean): Drawn | null =>
    drawStep(random, drawOf(drawing, illegal), weights);
  if (isEnding(worlds) && chance(random, settings.settleFirst)) {
    const settle = draw(settling, false);
    if (settle) return settle;
  }
  const weights = weightsIn(worlds[0], ops, settings, sinceBoot);
  // A program that begins with a refusal has nothing to refuse yet but bogus ids: those come later too.
  const illegal = steps.length > 0 && chance(random, settings.illegalShare);
  const wanted = draw(weights, illegal) ?? (illegal ? draw(weights, false) : null);
  if (wanted) return wanted;
  // A subset whose boxes have all ended would only be refused again and again: any verb leads out of there.
  const { ops: all } = wholeLanguage(settings, source.rules.verbs, source.surfaces);
  const anything = weightsIn(worlds[0], all, settings, 0);
  return draw(anything, false) ?? draw(weights, true);
}

const settling: ReadonlyMap<Op, number> = new Map(
  Object.values(verbs).flatMap(({ op, effect }) => (effect === 'settles' ? [[op as Op, 1] as const] : [])),
);

const isEnding = (worlds: PossibleWorlds): boolean =>
  Object.values(worlds[0].boxes).some((box) => box.status === 'ending');

function drawOf({ source, swarm, steps, had, worlds, biasFactor }: Drawing, illegal: boolean): Draw {
  const { settings, surfaces, works } = swarm;
  const { profile } = source.rules;
  const context = { surfaces, profile, illegal, maxBoxes: settings.maxBoxes, ...(works && { works }) };
  const { rules } = source;
  return { rules, context, steps, had: had.kinds, worlds, biasFactor, ambition: settings.ambition };
}
