import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Failure } from '../program/failure.ts';
import type { History } from '../program/history.ts';
import type { Program } from '../program/program.ts';
import { ProgramArbitrary } from '../search/generate/program-arbitrary.ts';
import { isSameOrWeakerFailure } from '../verdict/same-or-weaker-failure.ts';
import { type Bench, openBench } from './bench.ts';
import { programsFromEnvironment, seedFromEnvironment } from './settings.ts';
import { tell } from './tell.ts';

/** No further program is drawn after this; below the tier's test timeout. */
const DRAW_MS = 200_000;
/** Runs a shrink may cost, and how long it may take: after that the simplest so far is reported. */
const SHRINK_RUNS = 60;
const SHRINK_MS = 60_000;

let bench: Bench;

beforeAll(async () => {
  bench = await openBench((line) => console.log(line));
});

afterAll(() => bench?.target.close());

/** What one check of the property remembers: fast-check itself tells a predicate nothing about its runs. */
class Check {
  ran = 0;
  failed: { failure: Failure; history: History; atMs: number } | null = null;
  shrinkRuns = 0;

  /** Whether another candidate of the shrink may still be run. */
  affordable(): boolean {
    if (!this.failed) return true;
    this.shrinkRuns++;
    return this.shrinkRuns <= SHRINK_RUNS && performance.now() - this.failed.atMs < SHRINK_MS;
  }

  /** The first failure counts, and in its shrink only the same one again. */
  counts(failure: Failure): boolean {
    return this.failed === null || isSameOrWeakerFailure(failure, this.failed.failure);
  }
}

async function holds(program: Program, programs: ProgramArbitrary, check: Check): Promise<boolean> {
  if (!check.affordable()) return true;
  const history = await bench.run(program, new AbortController().signal);
  const { ending } = history;
  if (ending.is === 'infrastructure') {
    await bench.target.recover();
    fc.pre(false);
  }
  check.ran++;
  if (ending.is !== 'failed') return true;
  programs.notes.note(program.steps, ending.failure);
  if (!check.counts(ending.failure)) return true;
  check.failed = { failure: ending.failure, history, atMs: check.failed?.atMs ?? performance.now() };
  return false;
}

it('random programs get no answer the contract does not allow', async () => {
  const seed = seedFromEnvironment();
  const numRuns = programsFromEnvironment();
  const check = new Check();
  const programs = new ProgramArbitrary(bench.rules, { surfaces: bench.surfaces, seed });
  console.log(`lifecycle: ${bench.title}, seed ${seed}, ${numRuns} programs`);
  const property = fc.asyncProperty(programs, (program) => holds(program, programs, check));
  const details = await fc.check(property, { seed, numRuns, interruptAfterTimeLimit: DRAW_MS });
  console.log(`lifecycle: ${check.ran} programs ran on ${bench.title}, seed ${seed}`);
  const story = check.failed ? tell(bench, check.failed.history) : (details.errorInstance ?? '');
  expect(details.failed && !details.interrupted, `seed ${seed}\n${String(story)}`).toBe(false);
  expect(check.failed, `seed ${seed}\n${String(story)}`).toBeNull();
  expect(check.ran, 'programs that really ran').toBeGreaterThan(0);
});
