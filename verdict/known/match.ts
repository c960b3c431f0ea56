import type { Identity } from '../../domain/identity.ts';
import type { Observation } from '../../domain/observation.ts';
import { surfaceOf } from '../../model/refers.ts';
import type { World } from '../../model/world.ts';
import type { Failure } from '../../program/failure.ts';
import type { Step } from '../../program/step.ts';
import { fits } from './observation-pattern.ts';
import type { KnownDivergence } from './schema.ts';
import { inRange } from './versions.ts';
import { holdsWhere } from './where.ts';

/** Where a step stands, for an entry to say whether it applies. */
export interface Place {
  readonly step: Step;
  readonly situation: string;
  readonly world: World;
  readonly identity: Pick<Identity, 'target' | 'version'>;
}

/** The entries that speak about a step in this place, in file order. */
export function applicable(entries: readonly KnownDivergence[], place: Place): KnownDivergence[] {
  return entries.filter((entry) => applies(entry, place));
}

/** Whether the entry is about what this step asks for, on this runtime. */
export const concerns = (entry: KnownDivergence, step: Step, identity: Place['identity']): boolean =>
  (!entry.op || [entry.op].flat().includes(step.op)) &&
  (!entry.targets || entry.targets.includes(identity.target)) &&
  inRange(entry.versions, identity.version);

/** A condition that says nothing of copies holds for boxes with a copied disk as for any. */
const isIn = (pattern: string, situation: string): boolean =>
  [situation, situation.replace(/~[a-z]+-copy/u, '')].some((each) => matchesPattern(pattern, each));

function applies(entry: KnownDivergence, { step, situation, world, identity }: Place): boolean {
  const via = surfaceOf(step);
  return (
    concerns(entry, step, identity) &&
    (!entry.via || entry.via.some((one) => one === via)) &&
    (!entry.situation || entry.situation.some((pattern) => isIn(pattern, situation))) &&
    (!entry.where || holdsWhere(entry.where, step, world))
  );
}

/** `*` stands for any text, everything else for itself. */
function matchesPattern(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => RegExp.escape(part));
  return new RegExp(`^${parts.join('.*')}$`, 'su').test(text);
}

/** Something that stays behind after a program: a line of the baseline. */
export interface Left {
  is: 'left';
  line: string;
}

/** Whether an observation, or something left behind, is the one the entry describes. */
export const matchKnown = (entry: KnownDivergence, seen: Observation | Left): boolean =>
  fits(entry.seen, seen);

/**
 * Whether an answer for which was looked so long is that of a divergence, wherever the step may have been taken. A place
 * without such a mark has all the time that the contract gives.
 */
export const isBelieved = (
  places: readonly { readonly marks: readonly KnownDivergence[] }[],
  seen: Observation,
  lookedMs: number,
): boolean =>
  places.every(({ marks }) =>
    marks.some(
      (mark) => lookedMs >= 1_000 * (mark.lookS ?? Number.POSITIVE_INFINITY) && matchKnown(mark, seen),
    ),
  );

/**
 * Gives the entry that a failure is a variant of: the same is asked for and the same words come back, where the entry
 * does not apply. An entry that is known by no words of the runtime (by a code, an output, a state of a box), or about
 * any operation, has no variants: too much looks like it.
 */
export function variantOf(
  entries: readonly KnownDivergence[],
  failure: Failure,
  identity: Place['identity'],
): KnownDivergence | null {
  if (failure.kind === 'stale-mark' || !failure.seen || !failure.step) return null;
  const { seen, step } = failure;
  const isLike = (entry: KnownDivergence): boolean =>
    entry.op !== undefined && hasWords(entry) && concerns(entry, step, identity) && matchKnown(entry, seen);
  return entries.find(isLike) ?? null;
}

/** Whether an entry is known by what the runtime says, or by the status of a broken answer, in each of its cases. */
const hasWords = ({ seen: { oneOf, ...seen } }: KnownDivergence): boolean =>
  (Array.isArray(oneOf) ? oneOf : [seen]).every((one) => one.text !== undefined || one.how !== undefined);

/** The failure of a run in which the contract's own answer came where an `always` entry applies. */
export function staleMark(
  entry: KnownDivergence,
  at: number,
  place: Pick<Place, 'step' | 'situation'>,
): Failure {
  const detail = `known divergence ${entry.id} did not show: if it never does again, remove corpus/known/${entry.id}.json; if it does now and then, give it \`always\`: false and its rate`;
  return { kind: 'stale-mark', id: entry.id, at, step: place.step, situation: place.situation, detail };
}
