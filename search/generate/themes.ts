import { verbs } from '../../commands/index.ts';
import type { ThemeName } from '../../commands/verb.ts';
import type { Work } from '../../domain/work.ts';
import type { Op, Surface } from '../../program/step.ts';

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
    weight: 38,
    surfaces: ['rest'],
    works: ['hold', 'cat'],
    settings: { maxBoxes: 1, illegalShare: 0.15 },
  },
  {
    name: 'executions',
    weight: 25,
    surfaces: ['rest', 'local-sdk'],
    works: ['hold', 'cat', 'gate', 'print', 'flood', 'terminal'],
    settings: { maxBoxes: 1, illegalShare: 0.3 },
  },
  {
    name: 'outputs',
    weight: 13,
    settings: { maxBoxes: 2, illegalShare: 0.1, stepsPerBoot: 8 },
  },
  {
    name: 'memory',
    weight: 12,
    works: ['read', 'write', 'mode', 'runs', 'hold'],
    settings: { maxBoxes: 1, illegalShare: 0.05, stepsPerBoot: 2 },
  },
  {
    name: 'main session',
    weight: 8,
    surfaces: ['rest', 'url'],
    works: ['print', 'die', 'hold', 'cat', 'runs'],
  },
  {
    name: 'files',
    weight: 11,
    works: ['read', 'write', 'mode', 'hold'],
    settings: { illegalShare: 0.3 },
  },
  {
    name: 'volumes',
    weight: 14,
    surfaces: ['cli'],
    works: ['mounts', 'read', 'write', 'mode'],
    settings: { maxBoxes: 4, stepsPerBoot: 1 },
  },
  {
    name: 'ends',
    weight: 14,
    surfaces: ['cli', 'url', 'rest'],
    works: ['print', 'die', 'flood'],
    settings: { maxBoxes: 4, illegalShare: 0.2, stepsPerBoot: 1 },
  },
  {
    name: 'options',
    weight: 26,
    works: ['self', 'environ', 'pwd', 'id', 'args', 'machine', 'caps', 'link', 'reach', 'hold'],
    settings: { maxBoxes: 3, illegalShare: 0.15, stepsPerBoot: 4 },
  },
  {
    name: 'refusals',
    weight: 8,
    settings: { maxBoxes: 3, illegalShare: 0.7 },
  },
  {
    name: 'recovery',
    weight: 13,
    surfaces: ['rest', 'url'],
    works: ['hold', 'cat', 'gate', 'write', 'read', 'print', 'die'],
    settings: { maxBoxes: 2, illegalShare: 0.15 },
  },
  {
    name: 'lifecycle',
    weight: 1,
  },
  {
    name: 'usage',
    weight: 16,
    works: ['hold', 'cat', 'print', 'missing', 'die'],
    settings: { maxBoxes: 2, illegalShare: 0.3 },
  },
  {
    name: 'copies',
    weight: 32,
    surfaces: ['rest', 'url'],
    works: ['write', 'read', 'mode', 'runs', 'reach', 'die'],
    settings: { maxBoxes: 3, illegalShare: 0.22, stepsPerBoot: 3 },
  },
  {
    name: 'snapshots',
    weight: 32,
    surfaces: ['rest'],
    works: ['write', 'read', 'mode'],
    settings: { maxBoxes: 2, illegalShare: 0.16, stepsPerBoot: 2 },
  },
  {
    name: 'ports',
    weight: 16,
    surfaces: ['cli'],
    works: ['serve', 'hold', 'print'],
    settings: { maxBoxes: 2, illegalShare: 0.2, stepsPerBoot: 2 },
  },
  {
    name: 'network',
    weight: 14,
    surfaces: ['rest'],
    works: ['reach', 'link', 'hold'],
    settings: { maxBoxes: 2, illegalShare: 0.25, stepsPerBoot: 4 },
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

/** How likely each verb is where no theme says otherwise. */
export const usualWeights = Object.fromEntries(
  Object.values(verbs).map(({ op, weight }) => [op, weight]),
) as Record<Op, number>;
