import type { World } from '../../../model/world.ts';
import type { Step } from '../../../program/step.ts';
import { predict, type Rules } from '../../worlds/rules.ts';
import { type CoverageView, keyText } from '../coverage-key.ts';
import { goalOfText, goalsOf, goalText } from './goal.ts';
import { type Goals, goalsWithPairs, type Novelty, newNovelty } from './novelty.ts';
import { makeStateGraph, type Scope, type StateGraph } from './state-graph.ts';
import { type Plan, planOf } from './worth.ts';

/** What guides the drawing of programs: all that can be done, and what of it was done how often. */
export interface Guide {
  readonly graph: StateGraph;
  readonly goals: Goals;
  readonly plan: Plan;
  /** The same where there is no room for another box. */
  readonly fullPlan: Plan;
  readonly covered: CoverageView;
}

/** A guide through everything the rules offer; the first for rules and scope takes a second or two. */
export function makeGuide(rules: Rules, scope: Scope, covered: CoverageView): Guide {
  const { surfaces, settings } = scope;
  const text = JSON.stringify([[...surfaces].sort(), settings.weights, settings.illegalShare > 0]);
  const ofRules = made.get(rules) ?? new Map<string, Omit<Guide, 'covered'>>();
  const guide = ofRules.get(text) ?? guideThrough(makeStateGraph(rules, scope));
  made.set(rules, ofRules.set(text, guide));
  return { ...guide, covered };
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
