import * as fc from 'fast-check';
import type { By, Surface } from '../domain/surface.ts';
import { findBox } from '../model/lookup.ts';
import type { Power } from '../model/predict/power.ts';
import type { World } from '../model/world.ts';
import type { Call } from './calls.ts';
import { boxPath, typed } from './paths.ts';
import { boxRefs, surfaces } from './pick.ts';
import { plainer } from './shrink.ts';
import type { DrawContext } from './verb.ts';

/** Each box alone, and on the CLI pairs with a box in them, the same one twice included. */
function targets(world: World, via: Surface): string[][] {
  const refs = boxRefs(world, via);
  const single = refs.map((ref) => [ref]);
  if (via === 'rest') return single;
  const some = refs.slice(0, 3);
  const pairs = some.flatMap((a) => some.map((b) => [a, b]));
  return [...single, ...pairs.filter((pair) => pair.some((ref) => findBox(world, ref, via)))];
}

/** Candidates of a verb that takes one or several boxes. */
export function powerCandidates<V extends Surface, S>(
  world: World,
  context: DrawContext,
  vias: readonly V[],
  make: (via: V, on: string[]) => S[],
): S[] {
  return surfaces(context, ...vias).flatMap((via) => targets(world, via).flatMap((on) => make(via, on)));
}

/** Any spelling; one for all targets of the step. */
export const varySpelling = <S extends Power>(step: S): fc.Arbitrary<S> =>
  fc.constantFrom<(By | undefined)[]>(undefined, 'name', 'prefix').map((by) => (by ? { ...step, by } : step));

/** Fewer targets, then a plainer spelling and surface. */
export function* simplerPower<S extends Power>(step: S): Iterable<S> {
  if (step.on.length > 1) for (const ref of step.on) yield { ...step, on: [ref] };
  yield* plainer(step);
}

/** The CLI form: the verb, its flags, the boxes as typed. */
export function powerByCli(step: Power, via: 'cli' | 'url', flags: readonly string[] = []): Call {
  const targets = step.on.map((on) => typed(via, { on, by: step.by }));
  return { call: 'cli', via, words: [step.op, ...flags, ...targets], expecting: 'batch', targets };
}

/** The only box of a step over REST. */
export const single = ({ on: [on = ''], by }: Power) => ({ on, by });

/** start and stop, over the CLI or REST; the answer of REST tells the box. */
export const powerCalls = (step: Power): Call[] => [
  step.via === 'rest'
    ? { call: 'rest', method: 'POST', path: boxPath(single(step), `/${step.op}`), expecting: 'acted' }
    : powerByCli(step, step.via),
];
