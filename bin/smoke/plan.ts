import type { Identity } from '../../domain/identity.ts';
import type { Program } from '../../program/program.ts';
import type { ProgramLine } from '../../report/invocation-record.ts';
import { programOfSeed } from '../../search/generate/program-arbitrary.ts';
import { defaultSettings } from '../../search/generate/settings.ts';
import { inRange } from '../../verdict/known/versions.ts';
import type { KnownDivergence } from '../../verdict/known.ts';
import { canRun, corpusPrograms, programName, type SeedPlan } from '../corpus/corpus.ts';
import type { Engine } from '../session/engine.ts';

/** One program a smoke run is going to run. */
export interface Planned {
  name: string;
  group: ProgramLine['group'];
  program: Program;
  /** The known divergence the program must show, and no other. */
  mark?: Pick<KnownDivergence, 'id' | 'always' | 'needs' | 'rate'>;
  /** Of programs that share a box: these, one after another. */
  parts?: readonly Planned[];
}

/**
 * What is run before anything is drawn: pinned programs, which must pass; counterexamples of the known divergences
 * that can show on this target and version; and those without a mark, of defects that are gone, which must pass.
 */
export async function corpus(engine: Engine): Promise<Planned[]> {
  return (await corpusPrograms()).flatMap(({ folder: group, name, program }): Planned[] => {
    // What the target lacks is in its warnings.
    if (!canRun(program, engine.surfaces)) return [];
    const isOwn = ({ found }: KnownDivergence) => group === 'found' && programName(found.program) === name;
    const marks = engine.known.filter(isOwn);
    if (marks.length === 0) return [{ name, group, program }];
    const shown = marks.filter((mark) => mayShow(mark, engine.target.identity));
    return shown.map((mark) => ({ name, group, program, mark }));
  });
}

const mayShow = ({ targets, versions }: KnownDivergence, { target, version }: Identity): boolean =>
  (targets?.includes(target) ?? true) && inRange(versions, version);

/** The programs with most steps come first: a long one at the end would leave the other lanes with nothing to do. */
export const longestFirst = (plan: readonly Planned[]): Planned[] =>
  plan.toSorted((a, b) => b.program.steps.length - a.program.steps.length);

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
  { rules, surfaces }: Pick<Engine, 'rules' | 'surfaces'>,
): Program {
  return programOfSeed(rules, { surfaces, settings: { ...defaultSettings, maxSteps }, seed });
}
