import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawProgram } from '../bench/harness/draw.ts';
import { openReference, type Reference } from '../bench/harness/reference.ts';
import { budgetOf, type Case, cases } from './cases.ts';
import { fewestFor, isReachable, loadMinima, type Reachable } from './minima.ts';
import { tryDefect } from './try-defect.ts';

const { signal } = new AbortController();
let clean: Reference;
/** Programs each case took, so that the canary has the same budget. */
const took = new Map<Case, number>();

beforeAll(async () => {
  clean = await openReference([]);
});

afterAll(() => clean?.close());

function minimumOf({ defect }: Case): Reachable {
  const minimum = loadMinima().get(defect);
  if (minimum && isReachable(minimum)) return minimum;
  throw new Error(`quality/minima.json: ${defect} is one of the cases and must be reachable`);
}

it.each(cases)('$defect is found, deterministic, shrunk to the minimum, and gone without it', async (one) => {
  const minimum = minimumOf(one);
  const budget = budgetOf(one.surface);
  const defective = await openReference([one.defect]);
  try {
    const trial = await tryDefect({ defective, clean, budget, signal }, one.defect, one.seed);
    const { result } = trial;
    took.set(one, trial.programs);
    const story = JSON.stringify(trial, null, 1);
    expect(result.is, story).toBe('killed');
    if (result.is !== 'killed') return;
    expect(result.verdict.class, story).toBe('deterministic');
    expect(result.replays, story).toBe(true);
    expect(result.shrunk?.program.steps.length, story).toBe(fewestFor(minimum, result.oracle));
  } finally {
    await defective.close();
  }
});

it('finds nothing with the same budget where there is no defect', async () => {
  for (const one of cases) {
    for (let index = 0; index < (took.get(one) ?? 1); index++) {
      const program = drawProgram(one.seed, index, budgetOf(one.surface).drawing);
      const { ending } = await clean.run(program, signal);
      expect(ending, `seed ${one.seed}, program ${index}: ${JSON.stringify(program)}`).toEqual({
        is: 'passed',
      });
    }
  }
});
