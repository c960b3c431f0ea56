import { describe, expect, it } from 'vitest';
import type { Failure, Verdict } from '../../../program/failure.ts';
import type { FailedHistory, RunProgram } from '../../../program/history.ts';
import { type InvestigateOptions, investigate } from '../../../search/investigate/investigate.ts';
import { LostMachineError, steadyRunner } from '../../../search/investigate/steady-runner.ts';
import { failing } from '../fixtures/failing.ts';
import { leak } from '../fixtures/failure.ts';
import { runWith, type ToyDefect, toyDefects } from '../fixtures/toy-defects.ts';
import { historyOf } from '../fixtures/toy-runtime.ts';
import { toyRules } from '../fixtures/toy-verbs.ts';

const defect = toyDefects[1] as ToyDefect;
const [drawn] = failing(defect, 1, 12);
if (!drawn) throw new Error('no failing program was drawn');
const found = historyOf(drawn.program, { is: 'failed', failure: drawn.failure }) as FailedHistory;

/** A runtime on which the defect shows in the runs that `shows` picks by their number. */
const defective = (shows: (run: number) => boolean = () => true): RunProgram => {
  let runs = 0;
  return async (program) => {
    const failure = shows(runs++) ? runWith(toyRules, defect, program) : null;
    return historyOf(program, failure ? { is: 'failed', failure } : { is: 'passed' });
  };
};

const investigated = (changes: Partial<InvestigateOptions> = {}) =>
  investigate(found, {
    run: defective(),
    rules: toyRules,
    signal: new AbortController().signal,
    shrink: () => ({ runs: 200, seconds: 60 }),
    ...changes,
  });

describe('an investigation', () => {
  it('classifies first, then shrinks, and tells both as soon as they are known', async () => {
    const told: string[] = [];
    const onVerdict = (verdict: Verdict): void => void told.push(verdict.class);
    const onSimpler = ({ program }: FailedHistory): void => void told.push(`${program.steps.length} steps`);
    const result = await investigated({ onVerdict, onSimpler });
    expect(result.verdict).toEqual({ class: 'deterministic', failed: 8, runs: 8 });
    expect(told[0]).toBe('deterministic');
    expect(told.at(-1)).toBe(`${result.smallest.program.steps.length} steps`);
    expect(result.smallest.program.steps.length).toBeLessThan(found.program.steps.length);
    expect(runWith(toyRules, defect, result.smallest.program)).toEqual(result.smallest.ending.failure);
    expect(result.shrunk?.exhausted).toBe(true);
    expect(result.runs).toBe(8 + (result.shrunk?.runs ?? 0));
  });

  it('divides the budget for a flaky failure by the runs a candidate costs, but tries ten', async () => {
    const half = (run: number): boolean => run % 2 === 1;
    const tried = async (runs: number): Promise<number | undefined> =>
      (await investigated({ run: defective(half), shrink: () => ({ runs, seconds: 60 }) })).shrunk
        ?.candidates;
    const deterministic = await investigated({ shrink: () => ({ runs: 12, seconds: 60 }) });
    expect(deterministic.shrunk?.candidates).toBe(12);
    // Three of six: five runs a candidate.
    expect(await tried(60)).toBe(12);
    expect(await tried(20)).toBe(10);
    expect(await tried(4)).toBe(4);
  });

  it('leaves alone what no re-run shows, and what nothing may be spent on', async () => {
    expect(await investigated({ run: defective(() => false) })).toMatchObject({
      verdict: { class: 'not-reproduced', runs: 16 },
      smallest: found,
      shrunk: null,
      runs: 16,
    });
    expect(await investigated({ shrink: () => null })).toMatchObject({ smallest: found, shrunk: null });
  });

  it('hands back at most ten runs that failed in another way', async () => {
    let runs = 0;
    const other = (): Failure => leak(2, `left behind: process ${'x'.repeat(runs)}`);
    const run: RunProgram = async (program) => {
      const failure = runs++ % 2 === 0 ? other() : runWith(toyRules, defect, program);
      return historyOf(program, failure ? { is: 'failed', failure } : { is: 'passed' });
    };
    const { others, verdict } = await investigated({ run });
    expect(verdict?.class).toBe('flaky');
    expect(others).toHaveLength(10);
    expect(others.every(({ ending }) => ending.failure.kind === 'oracle')).toBe(true);
  });

  it('knows no verdict when it is stopped before, and keeps the one it has when it is stopped later', async () => {
    const stoppedAt = async (last: number) => {
      const controller = new AbortController();
      let runs = 0;
      const run: RunProgram = async (program, signal) => {
        if (++runs > last) {
          controller.abort();
          throw new Error('aborted');
        }
        return defective()(program, signal);
      };
      return investigated({ run, signal: controller.signal });
    };
    expect(await stoppedAt(3)).toMatchObject({ verdict: null, shrunk: null, runs: 4 });
    expect(await stoppedAt(9)).toMatchObject({
      verdict: { class: 'deterministic' },
      shrunk: { exhausted: false },
    });
  });

  it('counts nothing that the machine broke: it is brought back, and every run is made again', async () => {
    let calls = 0;
    const run = defective();
    const shaky: RunProgram = (program, signal) =>
      calls++ % 2 === 0
        ? Promise.resolve(historyOf(program, { is: 'infrastructure', why: 'ssh is gone' }))
        : run(program, signal);
    const whole = await investigated();
    const recovered = await investigated({ run: steadyRunner({ run: shaky, recover: async () => {} }) });
    expect(recovered).toEqual(whole);
    expect(calls).toBe(2 * whole.runs);
  });

  it('does not hide a lost machine, whatever the caller says meanwhile', async () => {
    const run: RunProgram = async () => {
      throw new LostMachineError('gone');
    };
    await expect(investigated({ run, signal: AbortSignal.abort() })).rejects.toThrow('gone');
  });
});
