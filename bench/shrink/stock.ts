import * as fc from 'fast-check';
import { FORMAT, type Program } from '../../program/program.ts';
import type { Step } from '../../program/step.ts';
import { programSeed } from '../../search/generate/seed.ts';
import { seededChance } from '../planted/chance.ts';
import { elementOf, Matcher } from '../planted/pattern.ts';
import { type Plant, plant } from '../planted/plant.ts';
import { type StockReal, stockStart } from '../stock/command.ts';
import { stockPrograms } from '../stock/commands.ts';
import type { Effort } from './effort.ts';

/** Programs drawn until one executes enough of its commands. */
const DRAWS = 400;
/** More runs than this are not waited for. */
const MOST_RUNS = 20_000;

class Planted extends Error {}

/**
 * Lets `fc.commands` draw a program that executes at least so many steps, plants a failure at the last of them
 * that needs exactly so many, and lets fast-check shrink it. Null when nothing can be planted.
 */
export async function shrinkStock(steps: number, needed: number, seed: number): Promise<Effort | null> {
  const trial = new Trial(steps, needed, seed);
  const programs = stockPrograms({ maxCommands: 6 * steps, size: 'max', pool: Math.max(4, steps / 5) });
  const property = fc.asyncProperty(programs, async (commands) => {
    const { model, real } = trial.begin();
    await fc
      .asyncModelRun(() => ({ model, real }), commands)
      .catch((error: unknown) => {
        trial.end(model.executed);
        throw error;
      });
    trial.end(model.executed);
  });
  await fc.check(property, { seed: programSeed(seed, steps * 10 + needed), numRuns: DRAWS });
  return trial.effort();
}

/** One failing program from its planting to the end of its shrinking. */
class Trial {
  readonly #wanted: { steps: number; needed: number; seed: number };
  #plant: Plant | null = null;
  #runs = -1;
  #runsToBest = 0;
  #commands = 0;
  #least = Number.POSITIVE_INFINITY;
  #failed = false;

  constructor(steps: number, needed: number, seed: number) {
    this.#wanted = { steps, needed, seed };
  }

  begin() {
    const model = stockStart();
    const matcher = this.#plant && new Matcher(this.#plant.pattern);
    this.#failed = false;
    if (this.#runs > MOST_RUNS)
      throw new Error(`bench: fc.commands was still shrinking after ${MOST_RUNS} runs`);
    const real: StockReal = {
      step: (step, _world, outcome) => {
        if (matcher ? matcher.take(elementOf(step, outcome)) : this.#plantAfter(model.executed)) this.#fail();
      },
    };
    return { model, real };
  }

  #fail(): never {
    this.#failed = true;
    throw new Planted('planted');
  }

  /** A pattern is chosen when the first program has executed enough. */
  #plantAfter(executed: readonly Step[]): boolean {
    const { steps, needed, seed } = this.#wanted;
    if (executed.length !== steps) return false;
    const program: Program = { format: FORMAT, contract: '', steps: [...executed] };
    this.#plant = plant(program, needed, seededChance(seed));
    return this.#plant !== null;
  }

  end(executed: readonly Step[]): void {
    if (!this.#plant) return;
    this.#runs++;
    if (this.#runs > 0) this.#commands += executed.length;
    if (!this.#failed || executed.length >= this.#least) return;
    this.#least = executed.length;
    this.#runsToBest = this.#runs;
  }

  effort(): Effort | null {
    if (!this.#plant) return null;
    return { runs: this.#runs, runsToBest: this.#runsToBest, commands: this.#commands, steps: this.#least };
  }
}
