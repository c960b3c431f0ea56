import { verbs } from '../../commands/index.ts';
import { currentProfile } from '../../model/profile.ts';
import { emptyWorld, type World } from '../../model/world.ts';
import type { Op, Step } from '../../program/step.ts';
import { boxesAbout, counts, keyAt, type Level, levels } from './about.ts';
import { lifeOf, livingAttaches, livingExecs, shapeOf } from './shape.ts';

/** A way from one state to another, with what the step counts as at each level. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly keys: Readonly<Record<Level, string | null>>;
}

/** All states of one box the exploration met, as far as the limits let it. */
export interface StateGraph {
  readonly states: number;
  readonly edges: readonly Edge[];
  /** Whether the limit on states ended it. */
  readonly cut: boolean;
}

/** How far one box is explored. */
export interface Limits {
  readonly execs: number;
  readonly attaches: number;
  readonly states: number;
}

/**
 * Every state one box can come to by steps that count, from nothing on, breadth first, with the usual
 * outcome of each step.
 */
export function explore(limits: Limits): StateGraph {
  const ids = new Map([[shapeOf(emptyWorld), 0]]);
  const worlds: World[] = [emptyWorld];
  const edges: Edge[] = [];
  let cut = false;
  for (let from = 0; from < worlds.length; from++) {
    const seen = new Set<string>();
    for (const { keys, next } of waysOn(worlds[from] as World, limits)) {
      const shape = shapeOf(next);
      if (!ids.has(shape) && worlds.length >= limits.states) cut = true;
      else if (!ids.has(shape)) ids.set(shape, worlds.push(next) - 1);
      const to = ids.get(shape);
      const text = `${to} ${keys.full}`;
      if (to === undefined || seen.has(text)) continue;
      seen.add(text);
      edges.push({ from, to, keys });
    }
  }
  return { states: worlds.length, edges, cut };
}

interface Way {
  readonly keys: Edge['keys'];
  readonly next: World;
}

const ops = Object.keys(verbs) as Op[];

function* waysOn(world: World, limits: Limits): Generator<Way> {
  const context = {
    surfaces: new Set(['cli', 'url', 'rest'] as const),
    profile: currentProfile,
    maxBoxes: Object.keys(world.boxes).length === 0 ? 1 : 0,
    illegal: false,
  };
  for (const op of ops) {
    if (op === 'spawn' && livingExecs(world).length >= limits.execs) continue;
    if (op.startsWith('attach') && livingAttaches(world).length >= limits.attaches) continue;
    for (const candidate of unlike(verbs[op].candidates(world, context))) {
      for (const step of variants(candidate)) yield* wayBy(world, step);
    }
  }
}

/** One of the steps that differ only in what a command that ends by itself prints, and with which code. */
function unlike(steps: readonly Step[]): Step[] {
  const likes = Map.groupBy(steps, (step) => {
    const work = step.op === 'exec' || step.op === 'spawn' ? step.work : null;
    return work?.do === 'print' || work?.do === 'die'
      ? JSON.stringify({ ...step, work: lifeOf(work) })
      : JSON.stringify(step);
  });
  return [...likes.values()].map(([first]) => first as Step);
}

/** Verbs vary what does not decide over refusal; of that only these lead elsewhere. */
function variants(step: Step): Step[] {
  if (step.op === 'attach') return [step, { ...step, readonly: true }];
  return step.op === 'foreground' && step.via !== 'rest' ? [step, { ...step, rm: true }] : [step];
}

function* wayBy(world: World, step: Step): Generator<Way> {
  const prediction = verbs[step.op].predict(world, step, currentProfile);
  const [box, ...others] = boxesAbout(world, step);
  if (!prediction || box === undefined || others.length > 0) return;
  const [outcome] = prediction.outcomes;
  if (!counts(world, step, box, outcome)) return;
  const keys = Object.fromEntries(levels.map((level) => [level, keyAt(level, world, step, box)]));
  yield { keys: keys as Edge['keys'], next: outcome.next };
}
