import * as fc from 'fast-check';
import { type BoxOptions, boxOptions, type ProcessOptions } from '../domain/options.ts';
import type { Variable } from '../domain/variables.ts';
import type { Work } from '../domain/work.ts';
import { isTellable } from '../model/options.ts';
import type { World } from '../model/world.ts';
import type { Name } from './option-values.ts';
import { simplerWork, without } from './shrink.ts';

/** What each workload that shows an option is worth having with. */
const shownBy: Partial<Record<Work['do'], readonly Name[]>> = {
  self: ['env', 'workdir', 'user', 'cpus', 'memoryMib', 'diskGb', 'capAdd', 'capDrop', 'outbound'],
  environ: ['env'],
  pwd: ['workdir'],
  id: ['user'],
  args: ['entrypoint'],
  machine: ['cpus', 'memoryMib', 'diskGb'],
  caps: ['capAdd', 'capDrop'],
  link: ['outbound'],
  reach: ['allowNet', 'outbound'],
  serve: ['ports'],
};

/** How much oftener a workload is drawn that shows an option which its box has. */
export const optionWeight = ({ do: it }: Work, options: BoxOptions = {}): number => {
  const has = shownBy[it]?.some((option) => options[option] !== undefined);
  return has ? 20 : 1;
};

/** Whether the model can tell what becomes of a command: one who is not root cannot do everything. */
export const isPossibleIn =
  (world: World) =>
  (step: ProcessOptions & { readonly on: string; readonly work: Work }): boolean =>
    !(step.badWorkdir && step.workdir) && isTellable(step.work, world.boxes[step.on]?.options ?? {}, step);

/** Gives the step some options that it does not have: the one that its command shows most often, others now and then. */
export function maybeOptions<S extends BoxOptions>(
  step: S,
  work: Work | undefined,
  values: Partial<Record<Name, fc.Arbitrary<unknown>>>,
  isAskable: (step: S) => boolean,
  ownWeight = 8,
): fc.Arbitrary<S> {
  const free = (Object.keys(values) as Name[]).filter((name) => step[name] === undefined);
  const own = free.filter((name) => work && shownBy[work.do]?.includes(name));
  const chosen = fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: fc.subarray(free, { maxLength: Math.ceil(free.length / 2) }) },
    { weight: 1, arbitrary: fc.subarray(free) },
    { weight: own.length === 0 && free.includes('env') ? 1 : 0, arbitrary: fc.constant(['env'] as const) },
    {
      weight: own.length > 0 ? ownWeight : 0,
      arbitrary: fc.subarray(own, { minLength: Math.min(own.length, 1) }),
    },
  );
  return chosen.chain((some) =>
    fc
      .record(
        Object.fromEntries(some.map((name) => [name, values[name]])) as Record<Name, fc.Arbitrary<unknown>>,
      )
      .map((given) => withThose(step, given, isAskable)),
  );
}

/** Of what may not be asked for together, the first. */
function withThose<S extends BoxOptions>(
  step: S,
  given: Readonly<Record<string, unknown>>,
  isAskable: (step: S) => boolean,
): S {
  let asked = step;
  for (const [name, value] of Object.entries(given)) {
    const more = { ...asked, [name]: value };
    if (isAskable(more)) asked = more;
  }
  return asked;
}

/**
 * The step without its options, or with fewer or simpler ones: variables last, when nothing else is left that could be
 * simpler. Every combination of everything would be more than can be tried.
 */
export function* simplerOptions<S extends BoxOptions>(step: S, work: Work | undefined): Iterable<S> {
  const names = (Object.keys(boxOptions) as (keyof BoxOptions)[]).filter((name) => step[name] !== undefined);
  if (names.length === 0) return;
  yield names.reduce((rest, name) => [...without(rest, name)][0] ?? rest, step);
  if (('name' in step && step.name !== undefined) || ('mounts' in step && step.mounts)) return;
  if (names.length > 1) yield* without(step, ...names);
  else if (step.env && !sized.has(work?.do) && (work?.do !== 'print' || [...simplerWork(work)].length === 0))
    for (const env of simplerEnv(step.env)) yield { ...step, env };
}

/** Workloads that come in many sizes of their own. */
const sized: ReadonlySet<Work['do'] | undefined> = new Set(['flood', 'write', 'args', 'cat'] as const);

function* simplerEnv(env: readonly Variable[]): Iterable<Variable[]> {
  if (env.length > 1) yield* env.map((one) => [one]);
  else if (env[0]) for (const one of simplerVariable(env[0])) yield [one];
}

/** How much less is tried next of a size. */
const LESS = 8;

function* simplerVariable(one: Variable): Iterable<Variable> {
  if ('many' in one) {
    if (one.many > 1) yield { many: Math.ceil(one.many / LESS) };
  } else if ('fill' in one) {
    if (one.times > 1) yield { ...one, times: Math.ceil(one.times / LESS) };
  } else if (one.value !== 'a') yield { ...one, value: 'a' };
}
