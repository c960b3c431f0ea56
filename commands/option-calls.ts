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

/** Words of the main command that come before the image and behind it. */
export function commandWords({ entrypoint }: BoxOptions, main: Work | undefined): [Word[], Word[]] {
  if (!main) return [[], []];
  const argv: Argv = { $: 'argv', work: main, main: true };
  if (entrypoint !== 'one') return [[], [argv]];
  return [['--entrypoint', { ...argv, part: 'head' }], [{ ...argv, part: 'tail' }]];
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

/** Flags for what a box is to have. */
export function boxFlags(options: BoxOptions): string[] {
  const { cpus, memoryMib, diskGb, capAdd = [], capDrop = [], autoStopS, autoDeleteS, autoResume } = options;
  return [
    ...flag('--cpus', cpus),
    ...flag('--memory', memoryMib),
    ...flag('--disk-size', diskGb),
    ...capAdd.flatMap((name) => flag('--cap-add', name)),
    ...capDrop.flatMap((name) => flag('--cap-drop', name)),
    ...flag('--auto-stop', autoStopS),
    ...flag('--auto-delete', autoDeleteS),
    ...(autoResume === false ? ['--no-auto-resume'] : []),
  ];
}

const flag = (name: string, value: string | number | undefined): string[] =>
  value === undefined ? [] : [name, `${value}`];

/** The same as fields of a body. */
export function boxFields(options: BoxOptions): { [key: string]: Json } {
  const { cpus, memoryMib, diskGb, capAdd, capDrop, autoStopS, autoDeleteS, autoResume } = options;
  const fields = {
    cpus,
    memory_mib: memoryMib,
    disk_size_gb: diskGb,
    auto_stop: autoStopS,
    auto_delete: autoDeleteS,
    auto_resume: autoResume,
    ...(capAdd || capDrop
      ? { advanced: { capabilities: { add: [...(capAdd ?? [])], drop: [...(capDrop ?? [])] } } }
      : {}),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [key: string]: Json;
  };
}
