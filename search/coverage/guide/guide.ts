import type { World } from '../../../model/world.ts';
import type { Step } from '../../../program/step.ts';
import { predict, type Rules } from '../../worlds/rules.ts';
import type { CoverageTable } from '../coverage.ts';
import { type CoverageGoal, goalOfText, goalsOf, goalText, keyText, pairTexts } from './goal.ts';
import { exploreStates, makeStateGraph, type Scope, type StateGraph } from './state-graph.ts';
import { type Plan, planOf } from './worth.ts';

/** What guides the drawing of programs: all that can be done, and what of it was done how often. */
export interface Guide {
  readonly graph: StateGraph;
  readonly goals: Goals;
  readonly plan: Plan;
  /** The same where there is no room for another box. */
  readonly fullPlan: Plan;
  readonly covered: Pick<CoverageTable, 'tried'>;
}

/** A guide through everything the rules offer; the first for rules and scope takes seconds, see `prepareGuide`. */
export function makeGuide(rules: Rules, scope: Scope, covered: Pick<CoverageTable, 'tried'>): Guide {
  const { guides, text } = placeOf(rules, scope);
  const guide = guides.get(text) ?? guideThrough(makeStateGraph(rules, scope));
  guides.set(text, guide);
  return { ...guide, covered };
}

/**
 * Does beforehand what the first guide for rules and scope takes long for, unless it is over meanwhile: in turns of some
 * milliseconds, so that programs can be run beside it.
 */
export async function prepareGuide(rules: Rules, scope: Scope, isOver: () => boolean): Promise<void> {
  const { guides, text } = placeOf(rules, scope);
  if (guides.has(text)) return;
  const exploring = exploreStates(rules, scope);
  while (!isOver()) {
    const { done, value } = exploring.next();
    if (done) return void guides.set(text, guideThrough(value));
    await new Promise(setImmediate);
  }
}

function placeOf(rules: Rules, { surfaces, settings }: Scope) {
  const guides = made.get(rules) ?? new Map<string, Omit<Guide, 'covered'>>();
  made.set(rules, guides);
  const text = JSON.stringify([[...surfaces].sort(), settings.weights, settings.illegalShare > 0]);
  return { guides, text };
}

/** State graphs depend on nothing else, so several campaigns can share one. */
const made = new WeakMap<Rules, Map<string, Omit<Guide, 'covered'>>>();

function guideThrough(graph: StateGraph): Omit<Guide, 'covered'> {
  const transitions = graph.states.map((state) => state.transitions);
  return {
    graph,
    goals: goalsWithPairs([...graph.goals.keys()].map(goalOfText)),
    plan: planOf(transitions),
    fullPlan: planOf(transitions.map((some) => some.filter(({ creates }) => !creates))),
  };
}

/** What is new before the first step of a program. */
export const noveltyBy = ({ graph, goals, covered }: Guide): Novelty =>
  newNovelty(
    goals,
    Array.from(graph.goals.keys(), (goal) => covered.tried(goal)),
  );

/** Takes up that a program does a step. */
export function addStep({ graph }: Guide, novelty: Novelty, rules: Rules, world: World, step: Step): void {
  const label = predict(rules, world, step)?.outcomes[0].label;
  if (label === undefined) return;
  for (const each of goalsOf(keyText(step, rules.situation(world, step), label))) {
    const goal = graph.goals.get(goalText(each));
    if (goal !== undefined) novelty.add(goal);
  }
}

/** What each coverage goal is worth by itself while a program is drawn: the less it was tried, the more. */
export interface Novelty {
  /** By number of the goal. */
  readonly values: Float64Array;
  /** Takes up that a goal was tried. */
  add(goal: number): void;
}

/** Coverage goals by number, with the pairs of verb, surface and situation that each of them would cover. */
export interface Goals {
  readonly refused: readonly boolean[];
  readonly pairs: readonly (readonly string[])[];
}

/** Tried twice as often, so many halvings less new. */
const SHARPNESS = 4;
/** What a pair that nothing has shown yet adds to each goal that would show it. */
const MISSING_PAIR = 5;
/** What a refusal counts beside an allowed step. */
const REFUSED = 0.01;

/** The pairs of coverage goals. */
export const goalsWithPairs = (goals: readonly CoverageGoal[]): Goals => ({
  refused: goals.map(({ answer }) => answer === 'refused'),
  pairs: goals.map(pairTexts),
});

/** The novelty of goals that were tried so often. */
export function newNovelty({ refused, pairs }: Goals, tried: readonly number[]): Novelty {
  const counts = [...tried];
  const shown = new Set(pairs.flatMap((some, goal) => ((counts[goal] ?? 0) > 0 ? some : [])));
  const noveltyOf = (goal: number): number => {
    const missing = pairs[goal]?.filter((pair) => !shown.has(pair)).length ?? 0;
    const own = (1 + (counts[goal] ?? 0)) ** -SHARPNESS;
    return (own + MISSING_PAIR * missing) * (refused[goal] ? REFUSED : 1);
  };
  const values = Float64Array.from(counts.keys(), noveltyOf);
  return {
    values,
    add(goal) {
      counts[goal] = (counts[goal] ?? 0) + 1;
      const before = shown.size;
      for (const pair of pairs[goal] ?? []) shown.add(pair);
      if (shown.size === before) values[goal] = noveltyOf(goal);
      else for (const other of values.keys()) values[other] = noveltyOf(other);
    },
  };
}
