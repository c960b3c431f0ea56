import { z } from 'zod';
import type { Setting } from '../parts/part.ts';
import type { Effort } from '../shrink/effort.ts';
import { hypothesisPython, runPython } from './python.ts';

const efforts = z.array(
  z.strictObject({ runs: z.int(), runsToBest: z.int(), commands: z.int(), steps: z.int() }),
);

/** What Hypothesis spends on planted failures; null where it cannot be installed. */
export async function hypothesisEfforts(
  setting: Setting & { steps: number; needed: number; trials: number },
): Promise<Effort[] | null> {
  const { steps, needed, trials, options, log, signal } = setting;
  const python = await hypothesisPython(log);
  if (python === null) return null;
  const numbers = { steps, needed, trials, seed: options.seed };
  const args = Object.entries(numbers).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return efforts.parse(await runPython(python, 'planted.py', args, { signal }));
}
