import type { Random } from 'fast-check';
import { verbs } from '../../commands/index.ts';
import type { Verb } from '../../commands/verb.ts';
import { isClientSdk, isSdk } from '../../domain/surface.ts';
import type { Work } from '../../domain/work.ts';
import type { Op, Step, Surface } from '../../program/step.ts';
import type { Verbs } from '../worlds/rules.ts';
import { chance, pickWeighted } from './chance.ts';
import type { SearchSettings } from './settings.ts';

/** What some steps of a program are drawn from. */
export interface Swarm {
  readonly ops: ReadonlySet<Op>;
  readonly surfaces: ReadonlySet<Surface>;
  /** What commands do; absent: anything. */
  readonly works?: ReadonlySet<Work['do']>;
  readonly settings: SearchSettings;
}

/** Ways to bring a box into being out of nothing: one of them must stay, else nothing can be drawn. */
const makers = (Object.keys(verbs) as Op[]).filter(
  (op) => verbs[op].makes === 'box' && verbs[op].about === 'nothing',
);

/** Whether the language has the verb, and a target a surface that it can be asked through. */
const isThere = (verb: Verb<Step> | undefined, target: ReadonlySet<Surface>): boolean =>
  verb !== undefined && (verb.unsaid || verb.surfaces.some((via) => !isSdk(via) || target.has(via)));

/** Everything that has a weight, over all surfaces; SDKs are never left out, for what is drawn is recast for them. */
export const wholeLanguage = (
  settings: SearchSettings,
  verbs: Verbs,
  surfaces: ReadonlySet<Surface>,
): Swarm => ({
  ops: new Set(
    (Object.keys(verbs) as Op[]).filter((op) => settings.weights[op] > 0 && isThere(verbs[op], surfaces)),
  ),
  surfaces,
  settings,
});

/**
 * What the next steps of a program are drawn from: everything, a theme, or a random subset. Leaving verbs out makes
 * states reachable that a uniform mix destroys before it gets there (swarm testing, Groce et al.).
 */
export function drawSwarm(
  random: Random,
  settings: SearchSettings,
  verbs: Verbs,
  surfaces: ReadonlySet<Surface>,
): Swarm {
  const whole = wholeLanguage(settings, verbs, surfaces);
  const scope = pickWeighted(random, Object.entries(settings.scopes));
  if (scope === 'theme') return drawTheme(random, whole) ?? whole;
  if (scope !== 'swarm') return whole;
  const ops = someOps(random, settings, [...whole.ops]);
  return { ops, surfaces: withSdks(someSurfaces(random, plain(surfaces)), surfaces), settings };
}

/** Boxes that a machine carries besides what one scope wants. */
const MOST_BOXES = 4;

/**
 * The scope with room for boxes of its own beside the `living` ones that earlier steps have left: a scope of one box
 * would else be held to whatever box is there, as it was made for something else.
 */
export function withRoom(swarm: Swarm, living: number): Swarm {
  const { maxBoxes: own } = swarm.settings;
  const maxBoxes = Math.max(own, Math.min(MOST_BOXES, own + living));
  return { ...swarm, settings: { ...swarm.settings, maxBoxes } };
}

const plain = (surfaces: ReadonlySet<Surface>) => new Set([...surfaces].filter((via) => !isClientSdk(via)));

const withSdks = (some: ReadonlySet<Surface>, all: ReadonlySet<Surface>): ReadonlySet<Surface> =>
  some.union(new Set([...all].filter(isClientSdk)));

/** One of the themes that the target can carry; null when there is none. */
function drawTheme(random: Random, { ops, surfaces, settings }: Swarm): Swarm | null {
  const possible = settings.themes.flatMap((theme) => {
    const shared = new Set(theme.surfaces ?? plain(surfaces)).intersection(surfaces);
    const kept = new Set(theme.ops).intersection(ops);
    if (shared.size === 0 || !makers.some((op) => kept.has(op))) return [];
    const weights = { ...settings.weights, ...theme.weights };
    const own = { ...settings, ...theme.settings, weights };
    const works = theme.works ? { works: new Set(theme.works) } : {};
    return [
      [{ ops: kept, surfaces: withSdks(shared, surfaces), ...works, settings: own }, theme.weight] as const,
    ];
  });
  return pickWeighted(random, possible);
}

function someOps(random: Random, settings: SearchSettings, ops: readonly Op[]): ReadonlySet<Op> {
  const kept = new Set(
    ops.filter((op) => verbs[op].effect === 'settles' || chance(random, settings.swarmKeep)),
  );
  for (const op of [...kept]) addNeeds(kept, op, ops);
  const possible = makers.filter((op) => ops.includes(op));
  if (possible.length > 0 && !possible.some((op) => kept.has(op))) kept.add(oneOf(random, possible));
  return kept;
}

/** A verb that needs another one is worthless in a subset without it. */
function addNeeds(kept: Set<Op>, op: Op, ops: readonly Op[]): void {
  const needs = (verbs[op].needs ?? []) as Op[];
  const [needed] = needs;
  const met = needs.filter((other) => kept.has(other));
  for (const other of met) addNeeds(kept, other, ops);
  if (met.length > 0 || needed === undefined || !ops.includes(needed)) return;
  kept.add(needed);
  addNeeds(kept, needed, ops);
}

function someSurfaces(random: Random, surfaces: ReadonlySet<Surface>): ReadonlySet<Surface> {
  const kept = [...surfaces].filter(() => chance(random, 0.6));
  return kept.length > 0 ? new Set(kept) : new Set([oneOf(random, [...surfaces])]);
}

const oneOf = <T>(random: Random, items: readonly T[]): T => items[random.nextInt(0, items.length - 1)] as T;
