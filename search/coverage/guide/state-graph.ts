import type { DrawContext } from '../../../commands/verb.ts';
import type { World } from '../../../model/world.ts';
import type { Op, Step, Surface } from '../../../program/step.ts';
import type { SearchSettings } from '../../generate/settings.ts';
import { bootsBetween } from '../../worlds/boots.ts';
import { firstWorlds, type PossibleWorlds, worldsAfter } from '../../worlds/possible-worlds.ts';
import { predict, type Rules } from '../../worlds/rules.ts';
import { goalsOf, goalText, keyText } from './goal.ts';
import { partsOf, type Side, shapeOf } from './part.ts';
import { alike, boxOf, variants } from './steps.ts';

/** A step that can be taken in a state. */
export interface Transition {
  /** Number of its coverage goal. */
  readonly goal: number;
  /** The step with the handles of the state's own world. */
  readonly step: Step;
  /** Number of the state it leads to. */
  readonly to: number;
  readonly boots: number;
  readonly refused: boolean;
  /** Whether it makes a box, or takes one away. */
  readonly creates: boolean;
  readonly removes: boolean;
}

/** All parts of worlds of one shape. */
export interface State {
  readonly world: World;
  readonly transitions: readonly Transition[];
}

/** Every state one box can come to, and what can be done there. The first is the one where there is no box. */
export interface StateGraph {
  readonly states: readonly State[];
  /** Numbers of states by shape. */
  readonly byShape: ReadonlyMap<string, number>;
  /** Numbers of coverage goals by text. */
  readonly goals: ReadonlyMap<string, number>;
}

/** More states than this are not gone into. */
const MAX_STATES = 5_000;

/** What may be drawn at all. */
export interface Scope {
  readonly surfaces: ReadonlySet<Surface>;
  readonly settings: Pick<SearchSettings, 'weights' | 'illegalShare'>;
}

/** Explores the rules breadth first, by the usual outcome of each step; takes seconds. */
export function makeStateGraph(rules: Rules, scope: Scope): StateGraph {
  const exploring = exploreStates(rules, scope);
  for (;;) {
    const { done, value } = exploring.next();
    if (done) return value;
  }
}

/** Does the same, with a pause after each state in which the caller may do something else. */
export function* exploreStates(rules: Rules, scope: Scope): Generator<undefined, StateGraph> {
  const byShape = new Map([[shapeOf(firstWorlds[0]), 0]]);
  const found: PossibleWorlds[] = [firstWorlds];
  const goals = new Map<string, number>();
  const states: State[] = [];
  const numberOf = (parts: PossibleWorlds): number | null => {
    const shape = shapeOf(parts[0]);
    if (!byShape.has(shape) && found.length < MAX_STATES) byShape.set(shape, found.push(parts) - 1);
    return byShape.get(shape) ?? null;
  };
  for (let at = 0; at < found.length; at++) {
    const worlds = found[at] as PossibleWorlds;
    const transitions = new Map<string, Transition>();
    for (const { goal: text, parts, ...way } of waysFrom(rules, scope, worlds)) {
      const to = parts ? numberOf(parts) : at;
      const key = `${text} ${to} ${way.boots}`;
      if (to === null || transitions.has(key)) continue;
      const goal = goals.get(text) ?? goals.size;
      goals.set(text, goal);
      transitions.set(key, { goal, to, ...way });
    }
    states.push({ world: worlds[0], transitions: [...transitions.values()] });
    yield;
  }
  return { states, byShape, goals };
}

interface Way extends Omit<Transition, 'goal' | 'to'> {
  readonly goal: string;
  /** What it leads to; null: nothing changes. */
  readonly parts: PossibleWorlds | null;
}

function* waysFrom(rules: Rules, { surfaces, settings }: Scope, worlds: PossibleWorlds): Generator<Way> {
  const [world] = worlds;
  const context: DrawContext = {
    surfaces,
    profile: rules.profile,
    illegal: false,
    maxBoxes: Object.keys(world.boxes).length + 1,
  };
  for (const op of Object.keys(rules.verbs) as Op[]) {
    if (settings.weights[op] <= 0) continue;
    const steps = alike(rules.verbs[op]?.candidates(world, context) ?? []);
    for (const step of steps.flatMap((each) => variants(world, each))) {
      const way = wayBy(rules, worlds, step);
      if (way && (settings.illegalShare > 0 || !way.refused)) yield way;
    }
  }
}

function wayBy(rules: Rules, worlds: PossibleWorlds, step: Step): Way | null {
  const [world] = worlds;
  const makes = rules.verbs[step.op]?.makes;
  const side = sideOf(world, step, makes);
  const situation = rules.situation(world, step);
  const [box = null] = Object.keys(world.boxes);
  // A copy is about the box it is made of.
  const creates = makes === 'box' && !('on' in step);
  // A second box is another part's matter, unless it meets this one's name; looked at first, for there are many.
  if (side === null || (creates && box !== null && !situation.endsWith('+taken-name'))) return null;
  const [outcome] = predict(rules, world, step)?.outcomes ?? [];
  if (!outcome) return null;
  // Directories of the host come with the box.
  const about = 'host' in step ? box !== null : boxOf(world, step, outcome.next) === box;
  if (!creates && !about) return null;
  const [goal, ...others] = goalsOf(keyText(step, situation, outcome.label));
  if (!goal || others.length > 0) return null;
  const next = worldsAfter(rules, worlds, step, 'every');
  if (!next) return null;
  const to = box ?? ('as' in step ? step.as : null);
  return {
    goal: goalText(goal),
    step,
    parts: to === null ? null : partsOf(next, to, side),
    boots: bootsBetween(world, outcome.next, step),
    refused: goal.answer === 'refused',
    creates,
    removes: box !== null && isRemoved(outcome.next, box) && !isRemoved(world, box),
  };
}

const isRemoved = ({ boxes }: World, box: string): boolean => boxes[box]?.status === 'removed';

/** The side of the box on which a step leaves its mark; null where the other side of the box sees to it. */
function sideOf({ execs, attaches }: World, step: Step, makes: string | null | undefined): Side | null {
  const hasExec = Object.keys(execs).length > 0;
  if (makes === 'exec') return Object.keys(attaches).length > 0 && !hasExec ? null : 'exec';
  if (makes === 'att' && 'on' in step) return hasExec ? null : 'main';
  return hasExec ? 'exec' : 'main';
}
