import * as fc from 'fast-check';
import type { Observation } from '../domain/observation.ts';
import type { By, Surface } from '../domain/surface.ts';
import { findBox } from '../model/lookup.ts';
import type { Power } from '../model/predict/power.ts';
import type { World } from '../model/world.ts';
import { callCli, callRest } from './call.ts';
import { boxRefs, surfaces } from './pick.ts';
import { plainer } from './shrink.ts';
import { boxPath, spell } from './spell.ts';
import type { StepContext } from './step-context.ts';
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
export function powerOverCli(
  step: Power,
  flags: string[],
  stepContext: StepContext,
  deadlineMs: number,
): Promise<Observation> {
  const via = step.via as 'cli' | 'url';
  const typed = step.on.map((ref) => spell(stepContext, ref, step.by, via));
  return callCli(stepContext, via, [step.op, ...flags, ...typed], {
    expecting: 'batch',
    deadlineMs,
    targets: typed,
  });
}

/** start and stop, over the CLI or REST. */
export const performPower = (
  step: Power,
  stepContext: StepContext,
  deadlineMs: number,
): Promise<Observation> => {
  if (step.via !== 'rest') return powerOverCli(step, [], stepContext, deadlineMs);
  const path = `${boxPath(stepContext, step.on[0] as string, step.by)}/${step.op}`;
  return callRest(stepContext, { method: 'POST', path }, 'acted', deadlineMs);
};
