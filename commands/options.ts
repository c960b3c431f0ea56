import * as fc from 'fast-check';
import {
  type BoxOptions,
  boxOptions,
  type Capability,
  capabilities,
  directories,
  type User,
  users,
} from '../domain/options.ts';
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

const named = (Object.keys(capabilities) as Capability[]).filter((name) => capabilities[name] !== null);

/** Options that change nothing about whether a process is started. */
const values = {
  env,
  workdir: fc.constantFrom(...directories),
  user: fc.constantFrom(...known),
  entrypoint: fc.constantFrom('one' as const, 'all' as const, 'empty' as const),
  emptyCmd: fc.constant(true),
  cpus: fc.constantFrom(2, 3, 4),
  memoryMib: fc.constantFrom(512, 768, 1_536),
  diskGb: fc.constantFrom(20, 33),
  capAdd: fc.subarray(named, { minLength: 1, maxLength: 2 }),
  capDrop: fc.subarray(named, { minLength: 1, maxLength: 2 }),
  autoStopS: fc.constantFrom(0, 3_600, 86_400),
  autoDeleteS: fc.constantFrom(0, 90_000),
  autoResume: fc.boolean(),
};

type Name = keyof typeof values;

/** Those of a process that is put into a box, and of a box. */
export const ofProcess: readonly Name[] = ['env', 'workdir', 'user'];
export const ofBox = Object.keys(values) as Name[];

/** What each workload that shows an option is worth having with. */
const shownBy: Partial<Record<Work['do'], readonly Name[]>> = {
  environ: ['env'],
  pwd: ['workdir'],
  id: ['user'],
  args: ['entrypoint'],
  machine: ['cpus', 'memoryMib', 'diskGb'],
  caps: ['capAdd', 'capDrop'],
};

/** How much oftener a workload is drawn that shows an option which its box has. */
export const optionWeight = ({ do: it }: Work, options: BoxOptions = {}): number => {
  const has = shownBy[it]?.some((option) => options[option] !== undefined);
  return has ? 6 : 1;
};

/** Gives the step some options that it does not have: the one that its command shows most often, others now and then. */
export function maybeOptions<S extends BoxOptions>(
  step: S,
  work: Work | undefined,
  names: readonly Name[],
  isAskable: (step: S) => boolean,
): fc.Arbitrary<S> {
  const free = names.filter((name) => step[name] === undefined);
  const own = free.filter((name) => work && shownBy[work.do]?.includes(name));
  const chosen = fc.oneof(
    { weight: own.length > 0 ? 1 : 4, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.subarray(free, { maxLength: 2 }) },
    { weight: own.length > 0 ? 4 : 0, arbitrary: fc.subarray(own, { minLength: Math.min(own.length, 1) }) },
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
