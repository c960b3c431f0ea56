import type { World } from '../../../model/world.ts';
import type { Step } from '../../../program/step.ts';
import type { SearchSettings } from '../../generate/settings.ts';
import { predict, type Rules } from '../../worlds/rules.ts';
import { type CoverageView, keyText } from '../coverage-key.ts';
import { cellOfText, cellText, goalsOf } from './goal.ts';
import { moveText, pairText } from './moves.ts';
import { type Ground, groundOf, Novelty, newness } from './novelty.ts';
import { type Plan, planOf } from './plan.ts';
import { creates, makeStateGraph, type Scope, type StateGraph } from './state-graph.ts';
import { boxesOf } from './steps.ts';

/** What guides the drawing of programs: all that can be done, and what of it was done how often. */
export interface Guide {
  readonly graph: StateGraph;
  readonly ground: Ground;
  readonly plan: Plan;
  /** The same where there is no room for another box. */
  readonly fullPlan: Plan;
  readonly covered: CoverageView;
}

/** A guide through everything the rules offer; the first for rules and scope takes a second or two. */
export function makeGuide(rules: Rules, scope: Scope, covered: CoverageView): Guide {
  const { surfaces, settings } = scope;
  const text = JSON.stringify([
    [...surfaces].sort(),
    settings.weights,
    settings.illegalShare > 0,
    settings.maxBoxes > 1,
  ]);
  const ofRules = known.get(rules) ?? new Map<string, Omit<Guide, 'covered'>>();
  const made = ofRules.get(text) ?? plannedStateGraph(rules, scope);
  known.set(rules, ofRules.set(text, made));
  return { ...made, covered };
}

/** Atlases depend on nothing else, so several campaigns can share one. */
const known = new WeakMap<Rules, Map<string, Omit<Guide, 'covered'>>>();

function plannedStateGraph(rules: Rules, scope: Scope): Omit<Guide, 'covered'> {
  const { maxBoxes } = scope.settings;
  const graph = makeStateGraph(rules, scope);
  const fullPlan = planOf(graph, ({ step }) => !creates(step));
  // With one box at a time there never is room for a second one, whatever name it would ask for.
  const plan = planOf(graph, ({ step }, place) => place === 0 || maxBoxes > 1 || !creates(step));
  return { graph, ground: groundOf([...graph.goals.keys()].map(cellOfText)), plan, fullPlan };
}

/** Guidance of one program: what is covered, with what the program itself will add. */
export class Guidance {
  readonly guide: Guide;
  readonly novelty: Novelty;
  readonly #early: boolean;
  readonly #lastMoves = new Map<string, string>();
  readonly #pairs = new Map<string, number>();

  constructor(guide: Guide, settings: SearchSettings) {
    this.guide = guide;
    const counts = Array.from(guide.graph.goals.keys(), (goal) => guide.covered.tried(goal));
    this.novelty = new Novelty(guide.ground, counts, settings);
    this.#early = this.novelty.untried() > settings.laterFrom;
  }

  /**
   * How new it is that a move follows what was last done with the box, from 0 to 1. Nothing while much was never
   * tried at all: that comes first.
   */
  pairNovelty(box: string, move: string): number {
    const before = this.#lastMoves.get(box);
    if (before === undefined || this.#early) return 0;
    const pair = pairText(before, move);
    return newness(this.guide.covered.followed(pair) + (this.#pairs.get(pair) ?? 0));
  }

  /** Takes up a step of the program. */
  add(rules: Rules, world: World, step: Step): void {
    const label = predict(rules, world, step)?.outcomes[0].label;
    if (label === undefined) return;
    const situation = rules.situation(world, step);
    const goals = goalsOf(keyText(step, situation, label));
    for (const each of goals) {
      const goal = this.guide.graph.goals.get(cellText(each));
      if (goal !== undefined) this.novelty.add(goal);
    }
    if (goals[0]?.answer !== 'allowed') return;
    const move = moveText(step, situation);
    for (const box of boxesOf(world, step)) {
      const before = this.#lastMoves.get(box);
      const pair = before === undefined ? null : pairText(before, move);
      if (pair !== null) this.#pairs.set(pair, (this.#pairs.get(pair) ?? 0) + 1);
      this.#lastMoves.set(box, move);
    }
  }
}
