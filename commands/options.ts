import * as fc from 'fast-check';
import { type BoxOptions, boxOptions, directories, type User, users } from '../domain/options.ts';
import type { Variable } from '../domain/variables.ts';
import type { Work } from '../domain/work.ts';
import { without } from './shrink.ts';

/** What a shell, a line, a table or a fixed buffer might do harm to; few names, so that one comes again. */
const variables: Variable[] = [
  { key: 'BC_A', value: 'a' },
  { key: 'BC_A', value: '' },
  { key: 'BC_A', value: 'b=c ' },
  { key: 'BC_B', value: ' two  words "q" \'q\' $HOME `x` \\n %s ' },
  { key: 'BC_B', value: 'two\nlines\n' },
  { key: 'BC_B', value: 'b' },
  { key: 'BC_grüße', value: '漢字 🙂' },
  { key: 'BC_a.b-c', value: 'no name for a shell' },
  { key: 'BC_L', fill: 'x', times: 5_000 },
  { key: 'BC_L', fill: 'ü', times: 400 },
  { key: 'BC_L', fill: 'x', times: 32_768 },
  { many: 200 },
];

const env = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.constantFrom(...variables), { minLength: 1, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constant([variables[0] as Variable, { key: 'BC_A', value: 'last' }]) },
);

const known = (Object.keys(users) as User[]).filter((user) => users[user] !== null);

/** Users that no image knows: a process for one is refused. */
export const unknownUsers = (Object.keys(users) as User[]).filter((user) => users[user] === null);

/** Options that change nothing about whether a process is started. */
const values = {
  env,
  workdir: fc.constantFrom(...directories),
  user: fc.constantFrom(...known),
  entrypoint: fc.constantFrom('one' as const, 'all' as const, 'empty' as const),
  emptyCmd: fc.constant(true),
};

type Name = keyof typeof values;

/** Those of a process that is put into a box, and of a box. */
export const ofProcess: readonly Name[] = ['env', 'workdir', 'user'];
export const ofBox = Object.keys(values) as Name[];

/** What each workload that shows an option is worth having with. */
const shownBy: Partial<Record<Work['do'], Name>> = {
  environ: 'env',
  pwd: 'workdir',
  id: 'user',
  args: 'entrypoint',
};

/** How much oftener a workload is drawn that shows an option which its box has. */
export const optionWeight = ({ do: it }: Work, options: BoxOptions = {}): number => {
  const option = shownBy[it];
  return option && options[option] !== undefined ? 6 : 1;
};

/** Gives the step some options that it does not have: the one that its command shows most often, others now and then. */
export function maybeOptions<S extends BoxOptions>(
  step: S,
  work: Work | undefined,
  names: readonly Name[],
  isAskable: (step: S) => boolean,
): fc.Arbitrary<S> {
  const shown = work && shownBy[work.do];
  const free = names.filter((name) => step[name] === undefined);
  const own = free.filter((name) => name === shown);
  const chosen = fc.oneof(
    { weight: own.length > 0 ? 1 : 4, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.subarray(free, { maxLength: 2 }) },
    { weight: 4 * own.length, arbitrary: fc.constant(own) },
  );
  return chosen.chain((some) =>
    fc
      .record(Object.fromEntries(some.map((name) => [name, values[name] as fc.Arbitrary<unknown>])))
      .map((given) => {
        const asked = { ...step, ...given };
        return isAskable(asked) ? asked : step;
      }),
  );
}

/** The step with fewer or simpler options. */
export function* simplerOptions<S extends BoxOptions>(step: S): Iterable<S> {
  yield* without(step, ...(Object.keys(boxOptions) as (keyof BoxOptions)[]));
  const { env } = step;
  for (const [i, one] of (env ?? []).entries()) {
    if (env && env.length > 1) yield { ...step, env: env.toSpliced(i, 1) };
    for (const simpler of simplerVariable(one)) yield { ...step, env: env?.with(i, simpler) };
  }
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
