import type { Random } from 'fast-check';
import { verbs } from '../../commands/index.ts';
import type { ThemeName } from '../../commands/verb.ts';
import type { Work } from '../../domain/work.ts';
import type { Op, Surface } from '../../program/step.ts';
import type { Verbs } from '../worlds/rules.ts';
import { chance, pickWeighted } from './chance.ts';
import type { SearchSettings } from './settings.ts';

/** A subset of the language that leads deep into one corner of the contract. */
export interface Theme {
  readonly name: string;
  readonly weight: number;
  readonly ops: readonly Op[];
  /** Absent: all the target has. */
  readonly surfaces?: readonly Surface[];
  /** What commands do, main commands included; absent: anything. */
  readonly works?: readonly Work['do'][];
  /** What is drawn otherwise than usual. */
  readonly settings?: Partial<Record<'maxBoxes' | 'illegalShare' | 'stepsPerBoot', number>>;
  /** Verbs that are more or less likely than usual. */
  readonly weights?: Partial<Record<Op, number>>;
}

/** How each corner is drawn; which verbs belong to it, and how likely each is there, the verbs say themselves. */
const corners: readonly (Omit<Theme, 'ops' | 'weights'> & { readonly name: ThemeName })[] = [
  {
    name: 'streams',
    weight: 1,
    surfaces: ['rest'],
    works: ['hold', 'cat', 'gate', 'print', 'die'],
    settings: { maxBoxes: 1 },
  },
  {
    name: 'conversation',
    weight: 16,
    surfaces: ['rest'],
    works: ['hold', 'cat'],
    settings: { maxBoxes: 1, illegalShare: 0.15 },
  },
  {
    name: 'executions',
    weight: 7,
    surfaces: ['rest'],
    works: ['hold', 'cat', 'gate', 'env'],
    settings: { maxBoxes: 1, illegalShare: 0.3 },
  },
  {
    name: 'outputs',
    weight: 5,
    settings: { maxBoxes: 2, illegalShare: 0.1, stepsPerBoot: 8 },
  },
  {
    name: 'memory',
    weight: 12,
    works: ['read', 'write', 'runs', 'hold'],
    settings: { maxBoxes: 1, illegalShare: 0.05, stepsPerBoot: 2 },
  },
  {
    name: 'main session',
    weight: 7,
    surfaces: ['rest', 'url'],
    works: ['print', 'die', 'hold', 'cat', 'runs'],
  },
  {
    name: 'files',
    weight: 7,
    works: ['read', 'write', 'hold'],
    settings: { illegalShare: 0.3 },
  },
  {
    name: 'volumes',
    weight: 9,
    surfaces: ['cli'],
    works: ['mounts', 'read', 'write'],
    settings: { maxBoxes: 4, stepsPerBoot: 1 },
  },
  {
    name: 'ends',
    weight: 8,
    surfaces: ['cli', 'url', 'rest'],
    works: ['print', 'die'],
    settings: { maxBoxes: 4, illegalShare: 0.1, stepsPerBoot: 1 },
  },
  {
    name: 'refusals',
    weight: 5,
    settings: { maxBoxes: 3, illegalShare: 0.7 },
  },
  {
    name: 'recovery',
    weight: 11,
    surfaces: ['rest', 'url'],
    works: ['hold', 'cat', 'gate', 'write', 'read', 'print', 'die'],
    settings: { maxBoxes: 2, illegalShare: 0.15 },
  },
  {
    name: 'lifecycle',
    weight: 1,
  },
];

/** Corners that a uniform mix hardly reaches. Each is about what one person would try in one sitting. */
export const defaultThemes: readonly Theme[] = corners.map((corner) => {
  const weights = Object.values(verbs).flatMap(({ op, themes }): [Op, number][] => {
    const weight = themes?.[corner.name];
    return weight === undefined ? [] : [[op as Op, weight]];
  });
  return { ...corner, ops: weights.map(([op]) => op), weights: Object.fromEntries(weights) };
});

/** What one program is drawn from. */
export interface Swarm {
  readonly ops: ReadonlySet<Op>;
  readonly surfaces: ReadonlySet<Surface>;
  /** What commands do; absent: anything. */
  readonly works?: ReadonlySet<Work['do']>;
  readonly settings: SearchSettings;
}

/** Ways to bring a box into being: one of them must stay, else nothing can be drawn. */
const makers = (Object.keys(verbs) as Op[]).filter((op) => verbs[op].makes === 'box');

/** Everything that has a weight, over all surfaces. */
export const wholeLanguage = (
  settings: SearchSettings,
  verbs: Verbs,
  surfaces: ReadonlySet<Surface>,
): Swarm => ({
  ops: new Set((Object.keys(verbs) as Op[]).filter((op) => settings.weights[op] > 0)),
  surfaces,
  settings,
});

/**
 * What a program is drawn from: everything, a theme, or a random subset. Leaving verbs out makes states
 * reachable that a uniform mix destroys before it gets there (swarm testing, Groce et al.).
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
  return { ops, surfaces: someSurfaces(random, surfaces), settings };
}

/** One of the themes that the target can carry; null when there is none. */
function drawTheme(random: Random, { ops, surfaces, settings }: Swarm): Swarm | null {
  const possible = settings.themes.flatMap((theme) => {
    const shared = new Set(theme.surfaces ?? surfaces).intersection(surfaces);
    const kept = new Set(theme.ops).intersection(ops);
    if (shared.size === 0 || !makers.some((op) => kept.has(op))) return [];
    const weights = { ...settings.weights, ...theme.weights };
    const own = { ...settings, ...theme.settings, weights };
    const works = theme.works ? { works: new Set(theme.works) } : {};
    return [[{ ops: kept, surfaces: shared, ...works, settings: own }, theme.weight] as const];
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
