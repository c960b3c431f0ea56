import * as fc from 'fast-check';
import { FORMAT, type Program } from '../../program/program.ts';
import type { Surface } from '../../program/step.ts';
import { drawProgram } from '../../quality/draw.ts';
import { programSeed } from '../../search/generate/seed.ts';
import { stockStart } from '../stock/command.ts';
import { type StockShape, stockPrograms } from '../stock/commands.ts';

/** A program, and how many of the steps drawn for it will not be executed. */
export interface Drawn {
  readonly program: Program;
  readonly skipped: number;
}

/** Draws programs, each by its number. */
export interface Drawer {
  readonly tool: string;
  /** Whether its programs are shrunk by our own shrinking. */
  readonly ours: boolean;
  draw(index: number): Promise<Drawn>;
}

/** Programs as our campaigns draw them, without guidance. */
export const ourDrawer = (seed: number, surfaces: readonly Surface[]): Drawer => ({
  tool: 'boxcheck',
  ours: true,
  draw: async (index) => ({ program: drawProgram(seed, index, { surfaces }), skipped: 0 }),
});

/** Programs as `fc.commands` draws them, without the commands whose check fails. */
export function stockDrawer(
  tool: string,
  shape: StockShape,
  seed: number,
  surfaces: readonly Surface[],
): Drawer {
  const programs = stockPrograms({ ...shape, surfaces });
  return {
    tool,
    ours: false,
    async draw(index) {
      const [commands = []] = fc.sample(programs, { seed: programSeed(seed, index), numRuns: 1 });
      const all = [...commands];
      const model = stockStart();
      await fc.asyncModelRun(() => ({ model, real: { step: () => {} } }), all);
      const program: Program = { format: FORMAT, contract: '', steps: model.executed };
      return { program, skipped: all.length - model.executed.length };
    },
  };
}
