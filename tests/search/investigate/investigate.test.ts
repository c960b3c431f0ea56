import { describe, expect, it } from 'vitest';
import type { Failure, Verdict } from '../../../program/failure.ts';
import type { FailedHistory, RunProgram } from '../../../program/history.ts';
import type { Program } from '../../../program/program.ts';
import { LostMachineError, steadyRunner } from '../../../search/investigate/steady-runner.ts';
import { leak } from '../fixtures/failure.ts';
import { defect, defective, found, investigated } from '../fixtures/investigated.ts';
import { runWith } from '../fixtures/toy-defects.ts';
import { historyOf } from '../fixtures/toy-runtime.ts';
import { toyRules } from '../fixtures/toy-verbs.ts';

describe('an investigation', () => {
  it('shrinks first, then classifies what is left, and tells both as soon as they are known', async () => {
    const told: string[] = [];
    const ran: number[] = [];
    const onVerdict = (verdict: Verdict): void => void told.push(verdict.class);
    const onSimpler = ({ program }: FailedHistory): void => void told.push(`${program.steps.length} steps`);
    const run: RunProgram = (program, signal) => {
      ran.push(program.steps.length);
      return defective()(program, signal);
    };
    const result = await investigated({ run, onVerdict, onSimpler });
    const { length } = result.smallest.program.steps;
    expect(result.verdict).toEqual({ class: 'deterministic', failed: 8, runs: 8 });
    expect(told.at(0)).toMatch(/^[0-9]+ steps$/u);
    expect(told.slice(-2)).toEqual([`${length} steps`, 'deterministic']);
    expect(length).toBeLessThan(found.program.steps.length);
    expect(runWith(toyRules, defect, result.smallest.program)).toEqual(result.smallest.ending.failure);
    expect(result.shrunk?.exhausted).toBe(true);
    // The program that was found is not run again: it is the dearest of all.
    expect(ran).not.toContain(found.program.steps.length);
    expect(ran.filter((steps) => steps === length).length).toBeGreaterThanOrEqual(8);
    expect(result.runs).toBe(ran.length);
  });

  it('counts the doubts that the last program has stood as re-runs of it', async () => {
    const ran: Program[] = [];
    const run: RunProgram = (program, signal) => {
      ran.push(program);
      return defective()(program, signal);
    };
    const { smallest, shrunk, runs } = await investigated({ run });
    const last = ran.lastIndexOf(ran.find(({ steps }) => steps !== smallest.program.steps) as Program);
    expect(last).toBeLessThan(ran.length);
    expect(ran.filter((program) => program === smallest.program)).toHaveLength(1 + 8);
    expect(runs - (shrunk?.runs ?? 0)).toBeLessThanOrEqual(8 + 2);
  });

  it('divides the budget for a flaky failure by the runs a candidate costs, but tries ten', async () => {
    let whole = 0;
    const half: RunProgram = async (program, signal) =>
      defective(() => program.steps.length === found.program.steps.length && whole++ % 2 === 1)(
        program,
        signal,
      );
    const tried = async (runs: number): Promise<number | undefined> => {
      whole = 0;
      return (await investigated({ run: half, shrink: () => ({ runs, seconds: 60 }) })).shrunk?.candidates;
    };
    const deterministic = await investigated({ shrink: () => ({ runs: 12, seconds: 60 }) });
    expect(deterministic.shrunk?.candidates).toBe(12);
    // Three that do not fail make it doubtful; then three of six: five runs a candidate.
    expect(await tried(63)).toBe(3 + 12);
    expect(await tried(23)).toBe(3 + 10);
    expect(await tried(7)).toBe(3 + 4);
  });

  it('classifies at full length what neither a few candidates nor a re-run show', async () => {
    const ran: number[] = [];
    const run: RunProgram = async (program) => {
      ran.push(program.steps.length);
      return historyOf(program, { is: 'passed' });
    };
    expect(await investigated({ run })).toMatchObject({
      verdict: { class: 'not-reproduced', runs: 16 },
      smallest: found,
      shrunk: null,
      runs: 3 + 16,
    });
    expect(ran.slice(3).every((steps) => steps === found.program.steps.length)).toBe(true);
    expect(await investigated({ shrink: () => null })).toMatchObject({
      smallest: found,
      shrunk: null,
      runs: 8,
    });
  });

  it('keeps half of its seconds for the re-runs, and begins with what is left', async () => {
    let ms = 0;
    const run: RunProgram = (program, signal) => {
      ms += 1000;
      return defective()(program, signal);
    };
    const { shrunk, verdict } = await investigated({
      run,
      now: () => ms,
      shrink: () => ({ runs: 200, seconds: 10 }),
    });
    expect(shrunk).toMatchObject({ exhausted: false });
    expect(shrunk?.runs).toBeLessThanOrEqual(6);
    expect(verdict?.class).toBe('deterministic');
  });

  it('goes on from the simplest program that an earlier look left', async () => {
    const open = await investigated({ shrink: () => ({ runs: 3, seconds: 60 }) });
    expect(open.shrunk?.exhausted).toBe(false);
    const ran: number[] = [];
    const run: RunProgram = (program, signal) => {
      ran.push(program.steps.length);
      return defective()(program, signal);
    };
    const done = await investigated({ run, from: open.smallest });
    expect(Math.max(...ran)).toBeLessThanOrEqual(open.smallest.program.steps.length);
    expect(done.shrunk?.exhausted).toBe(true);
    expect(done.smallest.program).toEqual((await investigated()).smallest.program);
  });

  it('goes back to the program that was found when the short one was a chance hit', async () => {
    const told: number[] = [];
    const onSimpler = ({ program }: FailedHistory): void => void told.push(program.steps.length);
    let hits = 0;
    const run: RunProgram = async (program) => {
      const isWhole = program.steps.length === found.program.steps.length;
      const shown = runWith(toyRules, defect, program);
      const failure = shown && (isWhole || hits++ === 0) ? shown : null;
      return historyOf(program, failure ? { is: 'failed', failure } : { is: 'passed' });
    };
    const result = await investigated({ run, onSimpler });
    expect(result.verdict).toEqual({ class: 'deterministic', failed: 8, runs: 8 });
    expect(result.smallest).toBe(found);
    expect(told.at(-1)).toBe(found.program.steps.length);
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

  it('knows no verdict when it is stopped before, and keeps the simplest program all the same', async () => {
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
    const { runs, smallest } = await investigated();
    expect(await stoppedAt(3)).toMatchObject({ verdict: null, shrunk: null, runs: 4 });
    expect(await stoppedAt(runs - 1)).toMatchObject({ verdict: null, shrunk: null, smallest });
    expect(await stoppedAt(runs)).toMatchObject({ verdict: { class: 'deterministic' }, runs });
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
    const controller = new AbortController();
    const run: RunProgram = async () => {
      controller.abort();
      throw new LostMachineError('gone');
    };
    await expect(investigated({ run, signal: controller.signal })).rejects.toThrow('gone');
    await expect(investigated({ run, signal: controller.signal })).resolves.toMatchObject({ runs: 0 });
  });
});
