import { describe, expect, it } from 'vitest';
import type { Program } from '../../../program/program.ts';
import { type Shrunk, shrinkProgram } from '../../../search/shrink/driver.ts';
import { isClosed } from '../../../search/shrink/refs.ts';
import { sameSignature, signatureOf } from '../../../verdict/signature.ts';
import { failing } from '../fixtures/failing.ts';
import { runWith, type ToyDefect, toyDefects } from '../fixtures/toy-defects.ts';
import { toyRules } from '../fixtures/toy-verbs.ts';

const CASES = 15;

interface Result {
  key: string;
  shrunk: Shrunk;
}

const done = new Map<ToyDefect, Promise<Result[]>>();

/** Shrunk once for all tests of a defect. */
function shrinkAll(defect: ToyDefect): Promise<Result[]> {
  const results = done.get(defect) ?? shrinkEach(defect);
  done.set(defect, results);
  return results;
}

async function shrinkEach(defect: ToyDefect): Promise<Result[]> {
  const results: Result[] = [];
  for (const { program, failure } of failing(defect, CASES)) {
    const shrunk = await shrinkProgram({
      program,
      failure,
      reproduce: async (candidate) => runWith(toyRules, defect, candidate),
      budget: { runs: 200, seconds: 60 },
      rules: toyRules,
      signal: new AbortController().signal,
    });
    results.push({ key: signatureOf(failure).key, shrunk });
  }
  return results;
}

/** Fewest steps any case of this signature came down to. */
function fewest(results: readonly Result[], key: string): number {
  return Math.min(...results.filter((r) => r.key === key).map((r) => r.shrunk.program.steps.length));
}

/** Every program that lacks some of the steps. */
function* parts(program: Program): Generator<Program> {
  const { steps } = program;
  for (let mask = 1; mask < 2 ** steps.length - 1; mask++) {
    yield { ...program, steps: steps.filter((_, i) => mask & (1 << i)) };
  }
}

describe.each(toyDefects)('shrinking 20 steps: $name', (defect) => {
  it('comes down to the true minimum within few runs', async () => {
    const results = await shrinkAll(defect);
    expect(results.length).toBe(CASES);
    const minimal = results.filter((r) => r.shrunk.program.steps.length === fewest(results, r.key));
    expect(minimal.length / results.length).toBeGreaterThanOrEqual(0.95);
    const runs = results.reduce((sum, r) => sum + r.shrunk.runs, 0) / results.length;
    expect(runs).toBeLessThanOrEqual(20);
    expect(results.every((r) => r.shrunk.exhausted)).toBe(true);
    expect(Math.min(...results.map((r) => r.shrunk.program.steps.length))).toBe(defect.minimum);
  });

  it('leaves nothing that could still go', async () => {
    for (const { shrunk } of (await shrinkAll(defect)).slice(0, 15)) {
      for (const part of parts(shrunk.program)) {
        if (!isClosed(part.steps)) continue;
        const failure = runWith(toyRules, defect, part);
        if (failure && sameSignature(failure, shrunk.failure))
          expect(part.steps).toEqual(shrunk.program.steps);
      }
    }
  });
});
