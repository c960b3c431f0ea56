import * as fc from 'fast-check';
import { FORMAT, type Program, programSchema } from '../../program/program.ts';
import type { Surface } from '../../program/step.ts';
import type { Guide } from '../coverage/guide/guide.ts';
import { candidates } from '../shrink/candidates.ts';
import { freshContext, type ShrinkContext } from '../shrink/context.ts';
import { isClosed } from '../shrink/refs.ts';
import { trajectoryOf } from '../worlds/possible-worlds.ts';
import type { Rules } from '../worlds/rules.ts';
import { drawSteps, type Source } from './draw-program.ts';
import { defaultSettings, type SearchSettings } from './settings.ts';

export interface ProgramOptions {
  /** Surfaces the target has. */
  readonly surfaces: ReadonlySet<Surface>;
  readonly settings?: SearchSettings;
  /** Leads programs to what has not been covered: they no longer depend on their seed alone. */
  readonly guide?: Guide;
  /** Seed to write into the programs: the one fast-check is run with. Where a guide leads it would not draw them again. */
  readonly seed?: number;
}

/**
 * Programs that make sense: drawn step by step along the model, simplified so that the model still agrees.
 * fast-check does not say how a program failed, so its own shrinking cuts blindly; `shrinkProgram` knows.
 */
export class ProgramArbitrary extends fc.Arbitrary<Program> {
  readonly #source: Source;
  readonly #seed: number | undefined;

  constructor(rules: Rules, options: ProgramOptions) {
    super();
    const { settings = defaultSettings, surfaces, guide, seed } = options;
    if (surfaces.size === 0)
      throw new Error('search: no surface to draw programs for; a target needs cli, url or rest');
    this.#source = { rules, settings, surfaces, ...(guide && { guide }) };
    this.#seed = seed;
  }

  generate(random: fc.Random, biasFactor: number | undefined): fc.Value<Program> {
    const steps = drawSteps(random, this.#source, biasFactor);
    const contract = this.#source.rules.profile.id;
    const seed = this.#seed === undefined || this.#source.guide ? {} : { seed: this.#seed };
    return new fc.Value<Program>({ format: FORMAT, contract, ...seed, steps }, undefined);
  }

  canShrinkWithoutContext(value: unknown): value is Program {
    const parsed = programSchema.safeParse(value);
    if (!parsed.success) return false;
    return (
      isClosed(parsed.data.steps) && trajectoryOf(this.#source.rules, parsed.data.steps, 'some') !== null
    );
  }

  shrink(program: Program, context: unknown): fc.Stream<fc.Value<Program>> {
    const from = (context as ShrinkContext | undefined) ?? freshContext();
    const found = candidates(this.#source.rules, program.steps, null, from);
    return fc.stream(found).map(({ steps, context }) => new fc.Value({ ...program, steps }, context));
  }
}

/**
 * The program of a seed: the one and only value fast-check draws with it, so that a campaign, smoke, a comparison and
 * the measurements mean the same by a seed.
 * @throws when no program can be drawn
 */
export function programOfSeed(rules: Rules, options: ProgramOptions & { readonly seed: number }): Program {
  const { seed } = options;
  const [program] = fc.sample(new ProgramArbitrary(rules, options), { seed, numRuns: 1 });
  if (!program) throw new Error(`search: no program could be drawn for seed ${seed}`);
  return program;
}
