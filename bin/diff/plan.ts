import { randomInt } from 'node:crypto';
import { verbs } from '../../commands/index.ts';
import { profileFor, profileIds } from '../../model/profile.ts';
import type { Program } from '../../program/program.ts';
import type { Surface } from '../../program/step.ts';
import { programSeed } from '../../search/generate/seed.ts';
import { divergenceOutcomesOf } from '../../search/worlds/divergence-outcomes.ts';
import { type Rules, rulesOf } from '../../search/worlds/rules.ts';
import { loadKnownDivergences } from '../../verdict/known.ts';
import { canRun, corpusFolder, corpusPrograms } from '../corpus/corpus.ts';
import { readProgramFile } from '../options/program-file.ts';
import type { Engine } from '../session/engine.ts';
import { drawProgram } from '../smoke/plan.ts';
import type { Side } from './targets.ts';

/** One program that both sides run. */
export interface NamedProgram {
  readonly name: string;
  readonly program: Program;
}

/** Programs in the order in which they are run. */
export type NamedPrograms = Iterable<NamedProgram> | AsyncIterable<NamedProgram>;

/** What is compared with what, and how; times in milliseconds. */
export interface DiffOptions {
  targets?: string;
  programs?: number;
  for?: number;
  corpus: boolean;
  seed?: number;
  maxSteps: number;
  times: number;
  strict: boolean;
}

/** Which programs both sides run. */
export type DiffPlan = Awaited<ReturnType<typeof planOf>>;

/** Programs drawn when nothing is said about which to run. */
const DEFAULT_PROGRAMS = 20;

/** Reads the programs of files, folders and the corpus, each once, and decides how many are drawn. */
export async function planOf(files: readonly string[], options: DiffOptions) {
  const { programs, for: forMs, seed = randomInt(0, 0x7fff_ffff), maxSteps } = options;
  const unsaid = files.length === 0 && !options.corpus && programs === undefined && forMs === undefined;
  const given: NamedProgram[] = [];
  for (const name of new Set(files)) given.push({ name, program: await readProgramFile(name) });
  for (const { folder, name, program } of options.corpus || unsaid ? await corpusPrograms() : [])
    given.push({ name: `${folder}/${name}`, program });
  const most = programs ?? (unsaid ? DEFAULT_PROGRAMS : 0);
  return { given, drawn: forMs === undefined ? most : Number.POSITIVE_INFINITY, seed, maxSteps };
}

/** Gives the programs that were asked for and can run on the engine and on `theirs`, then drawn ones. */
export async function* programsFor(
  engine: Pick<Engine, 'profile' | 'target' | 'surfaces'>,
  second: Side,
  theirs: ReadonlySet<Surface>,
  { given, drawn, seed, maxSteps }: DiffPlan,
): AsyncGenerator<NamedProgram> {
  const surfaces = engine.surfaces.intersection(theirs);
  const rules = await rulesFor(engine, second);
  yield* given.filter(({ program }) => canRun(program, surfaces));
  for (let i = 0; i < drawn; i++) {
    const own = programSeed(seed, i);
    yield { name: `seed ${own}`, program: drawProgram(own, maxSteps, { rules, surfaces }) };
  }
}

/**
 * Rules by which programs make sense on both sides: the older of the two contracts, and the known divergences of
 * either. What is not known of the second side before it is opened is taken from the first; a wrong guess costs only
 * steps that cannot be judged there.
 */
async function rulesFor(
  { target: { identity }, profile }: Pick<Engine, 'profile' | 'target'>,
  { target, globals: { version = identity.version } }: Side,
): Promise<Rules> {
  const age = (id: string): number => profileIds.indexOf(id);
  const other = profileFor(version).profile;
  const known = await loadKnownDivergences(corpusFolder('known'));
  const either = [identity, { target, version }].map((of) => divergenceOutcomesOf(known, of));
  return rulesOf(verbs, age(profile.id) >= age(other.id) ? profile : other, (...place) =>
    either.flatMap((outcomes) => outcomes(...place)),
  );
}
