import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Failure, Verdict } from '../../program/failure.ts';
import type { Ending, History } from '../../program/history.ts';
import type { Program } from '../../program/program.ts';
import { classify, decide, defaultReruns } from '../../verdict/classify.ts';
import { reproducerFor, runsPerCandidate } from '../../verdict/reproducer.ts';

const program: Program = { format: 1, contract: '0.10.7', steps: [] };
const failure = (detail = 'process boxlite-shim'): Failure => ({
  kind: 'oracle',
  oracle: 'leak',
  at: 0,
  step: null,
  detail,
  situation: 'end',
});
const failed: Ending = { is: 'failed', failure: failure() };
const passed: Ending = { is: 'passed' };
const broke: Ending = { is: 'infrastructure', why: 'ssh is gone' };

const historyOf = (ending: Ending): History => ({
  program,
  identity: { target: 'reference', version: '0.10.7', details: {} },
  events: [],
  ending,
  known: {},
  missed: {},
  cutShort: 0,
  boxes: 0,
  startedAt: '',
  totalMs: 0,
  runtimeMs: 0,
});

const never = new AbortController().signal;

/** Plays endings in order, the last one for ever. */
const playing = (...endings: Ending[]) => {
  let i = 0;
  return async () => historyOf(endings[Math.min(i++, endings.length - 1)] ?? passed);
};

const verdictOf = async (...endings: Ending[]): Promise<Verdict> =>
  classify(program, failure(), playing(...endings), {}, never);

describe('classify', () => {
  it('calls a failure deterministic, flaky, not reproduced, or leaves it to the machine', async () => {
    expect(await verdictOf(failed)).toEqual({ class: 'deterministic', failed: 8, runs: 8 });
    expect(await verdictOf(passed)).toEqual({ class: 'not-reproduced', runs: 16 });
    expect(await verdictOf(passed, failed)).toEqual({ class: 'flaky', failed: 3, runs: 4 });
    expect(await verdictOf(failed, failed, failed, passed)).toEqual({ class: 'flaky', failed: 3, runs: 4 });
    expect(await verdictOf(broke)).toEqual({ class: 'infrastructure', why: 'ssh is gone' });
  });

  it('leaves it to the machine when that breaks in between, whatever was seen before', async () => {
    expect(await verdictOf(failed, broke, failed)).toEqual({ class: 'infrastructure', why: 'ssh is gone' });
  });

  it('does not take another failure for this one', async () => {
    const other: Ending = { is: 'failed', failure: failure('file left') };
    expect(await verdictOf(other)).toEqual({ class: 'not-reproduced', runs: 16 });
  });

  it('obeys the given number of re-runs', async () => {
    const verdict = await classify(program, failure(), playing(failed), { reruns: 3 }, never);
    expect(verdict).toEqual({ class: 'deterministic', failed: 3, runs: 3 });
  });

  it('says nothing that it does not know when it is stopped', async () => {
    const stopAfter = (n: number, ...endings: Ending[]) => {
      const controller = new AbortController();
      const play = playing(...endings);
      let runs = 0;
      const run = () => {
        if (++runs === n) controller.abort(new Error('time is up'));
        return play();
      };
      return classify(program, failure(), run, {}, controller.signal);
    };
    await expect(stopAfter(3, failed)).rejects.toThrow('time is up');
    expect(await stopAfter(3, passed, failed, passed)).toEqual({
      class: 'flaky',
      failed: 1,
      runs: 2,
    });
  });
});

/** Classes that the rule gives a defect of this rate, over many trials, and what they cost. */
function simulate(rate: number, trials: number) {
  const random = fc.sample(fc.noBias(fc.integer({ min: 0, max: 999_999 })), {
    seed: 42,
    numRuns: trials * defaultReruns.reruns,
  });
  const classes: Record<string, number> = {};
  let total = 0;
  for (let i = 0, next = 0; i < trials; i++) {
    let tally = { failed: 0, here: 0, runs: 0 };
    let decision = decide(tally, defaultReruns);
    while (!decision) {
      const fails = (random[next++] ?? 0) < rate * 1_000_000;
      const failed = tally.failed + (fails ? 1 : 0);
      tally = { failed, here: failed, runs: tally.runs + 1 };
      decision = decide(tally, defaultReruns);
    }
    classes[decision] = (classes[decision] ?? 0) + 1;
    total += tally.runs;
  }
  return { of: (name: string) => (classes[name] ?? 0) / trials, runs: total / trials };
}

describe('the rule for re-runs', () => {
  it('calls a defect that shows in 30 % of runs flaky, never deterministic', () => {
    const { of, runs } = simulate(0.3, 5000);
    expect(of('flaky')).toBeGreaterThan(0.98);
    expect(of('deterministic')).toBe(0);
    expect(runs).toBeLessThan(11);
  });

  it('costs eight re-runs for a deterministic one, sixteen for one that does not come back', () => {
    expect(simulate(1, 100)).toMatchObject({ runs: 8 });
    expect(simulate(0, 100)).toMatchObject({ runs: 16 });
  });

  it.each([0.2, 0.5, 0.7])('calls a defect of rate %d deterministic in less than 7 %% of cases', (rate) => {
    const { of } = simulate(rate, 3000);
    expect(of('deterministic')).toBeLessThan(0.07);
    expect(of('flaky')).toBeGreaterThan(0.9);
  });
});

describe('reproducing while shrinking', () => {
  it('takes one run for a deterministic failure, more for a rarer one, within a bound', () => {
    const flaky = (m: number, runs: number) => runsPerCandidate({ class: 'flaky', failed: m, runs });
    expect(runsPerCandidate({ class: 'deterministic', failed: 8, runs: 8 })).toBe(1);
    expect([flaky(9, 10), flaky(1, 2), flaky(3, 10), flaky(1, 16)]).toEqual([2, 5, 9, 10]);
  });

  it('stops at the first failure of the signature, and takes no other for it', async () => {
    const verdict: Verdict = { class: 'flaky', failed: 3, runs: 10 };
    const other: Ending = { is: 'failed', failure: failure('file left') };
    const asked = (...endings: Ending[]) =>
      reproducerFor(verdict, failure(), playing(...endings), never)(program);
    expect(await asked(passed, other, failed)).toEqual(failure());
    expect(await asked(passed, other, passed)).toBeNull();
    expect(await asked(passed)).toBeNull();
    expect(await asked(broke)).toBe('stop');
  });
});
