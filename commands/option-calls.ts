import type { BoxOptions, ProcessOptions } from '../domain/options.ts';
import { variablesOf } from '../domain/variables.ts';
import type { Work } from '../domain/work.ts';
import type { Argv, Json, Word } from './calls.ts';
import { envOf } from './work.ts';

const MISSING_DIR = '/no/such/dir';

const directoryOf = ({ workdir, badWorkdir }: ProcessOptions): string | undefined =>
  badWorkdir ? MISSING_DIR : workdir;

const pairsFor = ({ env }: ProcessOptions, work: Work | undefined): [string, string][] => [
  ...(work ? Object.entries(envOf(work)) : []),
  ...variablesOf(env),
];

/** Flags of a process; the variables of its workload are among them. */
export function processFlags(options: ProcessOptions, work: Work | undefined): string[] {
  const { user } = options;
  const directory = directoryOf(options);
  return [
    ...pairsFor(options, work).flatMap(([key, value]) => ['-e', `${key}=${value}`]),
    ...(directory === undefined ? [] : ['-w', directory]),
    ...(user === undefined ? [] : ['-u', user]),
  ];
}

/** The same as fields of a body. */
export function processFields(options: ProcessOptions, work: Work | undefined): { [key: string]: Json } {
  const { user } = options;
  const directory = directoryOf(options);
  const env = pairsFor(options, work);
  return {
    ...(env.length > 0 ? { env: Object.fromEntries(env) } : {}),
    ...(directory === undefined ? {} : { working_dir: directory }),
    ...(user === undefined ? {} : { user }),
  };
}

/** Words of the main command that come before the image and behind it; `--` keeps what begins with a dash from being a flag. */
export function commandWords({ entrypoint }: BoxOptions, main: Work | undefined): [Word[], Word[]] {
  if (!main) return [[], []];
  const argv: Argv = { $: 'argv', work: main, main: true };
  if (entrypoint !== 'one') return [[], [argv]];
  return [
    ['--entrypoint', { ...argv, part: 'head' }],
    ['--', { ...argv, part: 'tail' }],
  ];
}

/** The same as fields of a body. */
export function commandFields(
  { entrypoint, emptyCmd }: BoxOptions,
  main: Work | undefined,
): { [key: string]: Json } {
  const empty = {
    ...(entrypoint === 'empty' ? { entrypoint: [] } : {}),
    ...(emptyCmd ? { cmd: [] } : {}),
  };
  if (!main) return empty;
  const argv: Argv = { $: 'argv', work: main, main: true };
  if (entrypoint === 'all') return { ...empty, entrypoint: argv };
  if (entrypoint !== 'one') return { ...empty, cmd: argv };
  return { entrypoint: [{ ...argv, part: 'head' }], cmd: { ...argv, part: 'tail' } };
}
