import { afterAll, beforeAll, expect, it } from 'vitest';
import { drawProgram } from '../../bench/harness/draw.ts';
import { openReference, type Reference } from '../../bench/harness/reference.ts';
import type { Surface } from '../../program/step.ts';
import { fewestFor, isReachable, loadMinima, type Reachable } from '../../quality/trial.ts';
import { type Budget, tryDefect } from '../../quality/try-defect.ts';
import { catalogue, type DefectName } from '../../reference/defects.ts';

/** A defect that must be found with a seed. One surface each keeps the runs short. */
interface Case {
  readonly defect: DefectName;
  readonly seed: number;
  readonly surface: Surface;
}

/** One defect of every group that always shows: what the oracle must never lose again. */
const cases: readonly Case[] = [
  { defect: 'newlines-translated', seed: 1, surface: 'rest' },
  { defect: 'large-code-clipped', seed: 11, surface: 'rest' },
  { defect: 'detached-dies-with-owner', seed: 2, surface: 'cli' },
  { defect: 'second-client-let-in', seed: 1, surface: 'rest' },
  { defect: 'missing-source-accepted', seed: 8, surface: 'cli' },
  { defect: 'force-implied', seed: 3, surface: 'rest' },
  { defect: 'stop-configured-stops', seed: 6, surface: 'rest' },
  { defect: 'created-answers-200', seed: 1, surface: 'rest' },
  { defect: 'failed-run-leaves-record', seed: 6, surface: 'url' },
  { defect: 'end-noticed-late', seed: 2, surface: 'rest' },
  { defect: 'unknown-user-is-root', seed: 12, surface: 'rest' },
  { defect: 'creations-uncounted', seed: 1, surface: 'rest' },
  { defect: 'clone-boots', seed: 12, surface: 'rest' },
];

/** What finding one of them may cost. Short programs: this is a guard, the scoreboard is the measurement. */
const budgetOf = (surface: Surface): Budget => ({
  programs: 20,
  shrinkRuns: 60,
  shrinkSeconds: 60,
  reruns: { confirm: 2, reruns: 4 },
  drawing: { surfaces: [surface], maxSteps: 10 },
});

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

it('has a guarding case in every group whose defects always show', () => {
  const groups = new Set(catalogue.filter(({ chance }) => chance === undefined).map(({ group }) => group));
  const guarded = cases.map(({ defect }) => catalogue.find(({ name }) => name === defect)?.group);
  expect(new Set(guarded)).toEqual(groups);
});
