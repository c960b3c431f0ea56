import { verbs } from '../../../commands/index.ts';
import type { DrawContext } from '../../../commands/verb.ts';
import type { World } from '../../../model/world.ts';
import type { Op, Step, Surface } from '../../../program/step.ts';
import type { SearchSettings } from '../../generate/settings.ts';
import { bootsBetween } from '../../worlds/boots.ts';
import { advance, firstWorlds, type PossibleWorlds } from '../../worlds/possible-worlds.ts';
import { predict, type Rules } from '../../worlds/rules.ts';
import { keyText } from '../coverage-key.ts';
import { cellText, goalsOf } from './goal.ts';
import { moveText } from './moves.ts';
import { partsOf, type Side, shapeOf } from './part.ts';
import { alike, boxOf, variants } from './steps.ts';

/** A step that can be taken in a place. */
export interface Transition {
  /** Number of its cell. */
  readonly goal: number;
  /** The step with the handles of the place's own world. */
  readonly step: Step;
  /** Number of the place it leads to. */
  readonly to: number;
  readonly boots: number;
  readonly refused: boolean;
  /** What it is in a sequence of steps on the box; see `moveText`. */
  readonly move: string;
}

/** All parts of worlds of one shape. */
export interface Place {
  readonly world: World;
  readonly offers: readonly Transition[];
}

/** Every place one box can come to, and what can be done there. The first is the one where there is no box. */
export interface StateGraph {
  readonly places: readonly Place[];
  /** Numbers of places by shape. */
  readonly byShape: ReadonlyMap<string, number>;
  /** Numbers of cells by text. */
  readonly goals: ReadonlyMap<string, number>;
}

/** More places than this are not gone into. */
const MAX_PLACES = 5_000;

/** What may be drawn at all. */
export interface Scope {
  readonly surfaces: ReadonlySet<Surface>;
  readonly settings: SearchSettings;
}

/** Explores the rules breadth first, by the usual outcome of each step. */
export function makeStateGraph(rules: Rules, scope: Scope): StateGraph {
  const byShape = new Map([[shapeOf(firstWorlds[0]), 0]]);
  const trajectory: PossibleWorlds[] = [firstWorlds];
  const goals = new Map<string, number>();
  const places: Place[] = [];
  const numberOf = (parts: PossibleWorlds): number | null => {
    const shape = shapeOf(parts[0]);
    if (!byShape.has(shape) && trajectory.length < MAX_PLACES) byShape.set(shape, trajectory.push(parts) - 1);
    return byShape.get(shape) ?? null;
  };
  for (let at = 0; at < trajectory.length; at++) {
    const worlds = trajectory[at] as PossibleWorlds;
    const offers = new Map<string, Transition>();
    for (const way of waysFrom(rules, scope, worlds)) {
      const to = way.parts ? numberOf(way.parts) : at;
      const text = `${way.goal} ${to} ${way.boots}`;
      if (to === null || offers.has(text)) continue;
      const goal = goals.get(way.goal) ?? goals.size;
      goals.set(way.goal, goal);
      const { step, boots, refused, move } = way;
      offers.set(text, { goal, step, to, boots, refused, move });
    }
    places.push({ world: worlds[0], offers: [...offers.values()] });
  }
  return { places, byShape, goals };
}

interface Way {
  readonly goal: string;
  readonly step: Step;
  /** What it leads to; null: nothing changes. */
  readonly parts: PossibleWorlds | null;
  readonly boots: number;
  readonly refused: boolean;
  readonly move: string;
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
  const situation = rules.situation(world, step);
  const [box = null] = Object.keys(world.boxes);
  // A second box is another part's matter, unless it meets this one's name.
  if (creates(step) ? box !== null && !situation.endsWith('+taken-name') : !isAbout(world, step, box))
    return null;
  const side = sideOf(world, step);
  if (side === null) return null;
  const [outcome] = predict(rules, world, step)?.outcomes ?? [];
  if (!outcome) return null;
  const [goal, ...others] = goalsOf(keyText(step, situation, outcome.label));
  if (!goal || others.length > 0) return null;
  const next = advance(rules, worlds, step, 'every');
  if (!next) return null;
  const to = box ?? ('as' in step ? step.as : null);
  return {
    goal: cellText(goal),
    step,
    parts: to === null ? null : partsOf(next, to, side),
    boots: bootsBetween(world, outcome.next, step),
    refused: goal.answer === 'refused',
    move: moveText(step, situation),
  };
}

/** Directories of the host come with the box that they are mounted in. */
const isAbout = (world: World, step: Step, box: string | null): boolean =>
  'host' in step ? box !== null : boxOf(world, step) === box;

/** Whether a step makes a box. */
export const creates = (step: Step): boolean => verbs[step.op].makes === 'box';

/** The side of the box on which a step leaves its mark; null where the other side of the box sees to it. */
function sideOf({ execs, attaches }: World, step: Step): Side | null {
  const hasExec = Object.keys(execs).length > 0;
  const { makes } = verbs[step.op];
  if (makes === 'exec') return Object.keys(attaches).length > 0 && !hasExec ? null : 'exec';
  if (makes === 'att' && 'on' in step) return hasExec ? null : 'main';
  return hasExec ? 'exec' : 'main';
}
