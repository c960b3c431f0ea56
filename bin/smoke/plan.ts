import type { Identity } from '../../domain/identity.ts';
import type { Program } from '../../program/program.ts';
import type { ProgramLine } from '../../report/invocation-record.ts';
import { programOfSeed } from '../../search/generate/program-of-seed.ts';
import { defaultSettings } from '../../search/generate/settings.ts';
import { inRange } from '../../verdict/known/versions.ts';
import type { KnownDivergence } from '../../verdict/known.ts';
import { programFiles, programName, type SeedPlan } from '../corpus/files.ts';
import { readProgramFile } from '../options/program-file.ts';
import type { Engine } from '../session/engine.ts';

/** One program a smoke run is going to run. */
export interface Planned {
  name: string;
  group: ProgramLine['group'];
  program: Program;
  /** The known divergence the program must show, and no other. */
  mark?: Pick<KnownDivergence, 'id' | 'always'>;
}

/** Pinned programs, which must pass. */
export async function pinned(): Promise<Planned[]> {
  return Promise.all(
    (await programFiles('pinned')).map(async (file) => ({
      name: programName(file),
      group: 'pinned' as const,
      program: await readProgramFile(file),
    })),
  );
}

/**
 * Counterexamples of the known divergences that can show on this target and version, and those without a mark:
 * of defects that are gone, which must pass.
 */
export async function found(engine: Engine): Promise<Planned[]> {
  const planned: Planned[] = [];
  for (const file of await programFiles('found')) {
    const name = programName(file);
    const program = await readProgramFile(file);
    const marks = engine.known.filter((entry) => programName(entry.found.program) === name);
    if (marks.length === 0) planned.push({ name, group: 'found', program });
    for (const mark of marks.filter((entry) => mayShow(entry, engine.target.identity)))
      planned.push({ name, group: 'found', program, mark });
  }
  return planned;
}

const mayShow = ({ targets, versions }: KnownDivergence, { target, version }: Identity): boolean =>
  (targets?.includes(target) ?? true) && inRange(versions, version);

/** What is run before anything is drawn: pinned programs, then what was found. */
export const corpus = async (engine: Engine): Promise<Planned[]> => [
  ...(await pinned()),
  ...(await found(engine)),
];

/** Programs drawn from fixed seeds; the same on every machine, for one version of boxcheck. */
export function seeded({ seeds, maxSteps }: SeedPlan, engine: Engine): Planned[] {
  return seeds.map((seed) => ({
    name: `seed ${seed}`,
    group: 'seed',
    program: drawProgram(seed, maxSteps, engine),
  }));
}

/** The program of a seed on an engine's surfaces and contract: the one a campaign draws with this seed. */
export function drawProgram(
  seed: number,
  maxSteps: number,
  engine: Pick<Engine, 'rules' | 'surfaces'>,
): Program {
  const settings = { ...defaultSettings, maxSteps };
  return programOfSeed(engine.rules, { surfaces: engine.surfaces, settings, seed });
}
