import { z } from 'zod';
import type { DefectName } from '../../reference/defects.ts';
import type { Hunt, HuntBudget } from '../hunt/hunt.ts';
import { hypothesisPython, runPython } from './python.ts';
import { openServer } from './server.ts';

const resultSchema = z.looseObject({
  programs: z.int(),
  steps: z.int(),
  boots: z.int(),
  seconds: z.number(),
  shrunk: z.int().nullable(),
  why: z.string().nullable(),
});

/** Hypothesis's own state machine over REST, on a server with the defect; null where there is no Hypothesis. */
export async function huntWithHypothesis(
  defect: DefectName,
  seed: number,
  budget: HuntBudget,
  { log, signal }: { log: (line: string) => void; signal: AbortSignal },
): Promise<Hunt | null> {
  const python = await hypothesisPython(log);
  if (python === null) return null;
  const server = await openServer(defect, log);
  try {
    const numbers = { seed, programs: budget.programs, steps: budget.steps };
    const args = Object.entries(numbers).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const [line] = await runPython(python, 'rest_machine.py', args, { signal, env: server.env });
    const { programs, steps, boots, seconds, shrunk, why } = resultSchema.parse(line);
    const found = why !== null;
    return { tool: 'Hypothesis', defect, found, programs, steps, skipped: 0, boots, seconds, shrunk };
  } finally {
    await server.close();
  }
}
