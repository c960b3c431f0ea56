import type { Program } from '../../program/program.ts';
import type { ProgramLine } from '../../report/run-record.ts';
import { programOfSeed } from '../../search/generate/program-of-seed.ts';
import { defaultSettings } from '../../search/generate/settings.ts';
import { programFiles, programName, type SeedPlan } from '../corpus/files.ts';
import { readProgramFile } from '../options/program-file.ts';
import type { Engine } from '../session/engine.ts';

/** One program a smoke run is going to run. */
export interface Planned {
  name: string;
  group: ProgramLine['group'];
  program: Program;
  /** The known divergence the program must show, and no other. */
  mark?: { id: string; always: boolean };
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
    if (!engine.marks.some((mark) => mark.program === name)) planned.push({ name, group: 'found', program });
    for (const mark of engine.marks) {
      if (mark.program !== name || !mark.applies) continue;
      planned.push({ name, group: 'found', program, mark: { id: mark.id, always: mark.always } });
    }
  }
  return planned;
}

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
