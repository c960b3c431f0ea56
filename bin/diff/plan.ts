import { verbs } from '../../commands/index.ts';
import { type Profile, profileFor, profileIds } from '../../model/profile.ts';
import type { Program } from '../../program/program.ts';
import type { Surface } from '../../program/step.ts';
import { programSeed } from '../../search/generate/seed.ts';
import { divergenceOutcomesOf } from '../../search/worlds/divergence-outcomes.ts';
import { type Rules, rulesOf } from '../../search/worlds/rules.ts';
import { loadKnownDivergences } from '../../verdict/known.ts';
import { surfaceOf } from '../../verdict/surface-of.ts';
import { corpusFolder, corpusPrograms } from '../corpus/files.ts';
import { readProgramFile } from '../options/program-file.ts';
import type { Engine } from '../session/engine.ts';
import { drawProgram } from '../smoke/plan.ts';
import type { Side } from './targets.ts';

/** One program that both sides run. */
export interface PlannedProgram {
  readonly name: string;
  readonly program: Program;
}

/** Programs of files, folders and the corpus. */
export async function givenPrograms(files: readonly string[], corpus: boolean): Promise<PlannedProgram[]> {
  const named = await Promise.all(
    files.map(async (name): Promise<[string, Program]> => [name, await readProgramFile(name)]),
  );
  for (const { folder, name, program } of corpus ? await corpusPrograms() : [])
    named.push([`${folder}/${name}`, program]);
  return [...new Map(named)].map(([name, program]) => ({ name, program }));
}

/** Draws program number `index` of a seed. */
export type Draw = (index: number) => PlannedProgram;

/**
 * Draws programs that make sense on both sides: by the older of the two contracts, and along the known
 * divergences of either. What is not known of the second side before it is opened is taken from the first; a
 * wrong guess costs only steps that cannot be judged there.
 */
export async function drawerFor(
  engine: Pick<Engine, 'profile' | 'target'>,
  second: Side,
  common: { seed: number; maxSteps: number; surfaces: ReadonlySet<Surface> },
): Promise<Draw> {
  const { identity } = engine.target;
  const version = second.globals.version ?? identity.version;
  const profile = older(engine.profile, profileFor(version).profile);
  const known = await loadKnownDivergences(corpusFolder('known'));
  const both = [
    divergenceOutcomesOf(known, identity),
    divergenceOutcomesOf(known, { target: second.target, version }),
  ];
  const rules = rulesOf(verbs, profile, either(both));
  return (index) => {
    const seed = programSeed(common.seed, index);
    return {
      name: `seed ${seed}`,
      program: drawProgram(seed, common.maxSteps, { rules, surfaces: common.surfaces }),
    };
  };
}

const older = (a: Profile, b: Profile): Profile =>
  profileIds.indexOf(a.id) >= profileIds.indexOf(b.id) ? a : b;

type DivergenceOutcomes = NonNullable<Rules['divergenceOutcomes']>;

/** Where one side may lead or the other. */
const either =
  (both: readonly DivergenceOutcomes[]): DivergenceOutcomes =>
  (...place) =>
    both.flatMap((divergenceOutcomes) => divergenceOutcomes(...place));

/** A surface a program needs that is not there; null when it can run. */
export function missingSurface(program: Program, surfaces: ReadonlySet<Surface>): Surface | null {
  const needed = program.steps.map(surfaceOf).filter((via) => via !== '-');
  return needed.find((via) => !surfaces.has(via)) ?? null;
}
