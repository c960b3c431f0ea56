import { describe, expect, it } from 'vitest';
import type { Failure } from '../../program/failure.ts';
import type { Ending, History } from '../../program/history.ts';
import type { Program } from '../../program/program.ts';
import { classify, decide, defaultReruns } from '../../verdict/classify.ts';
import { reproducerFor, runsPerCandidate } from '../../verdict/reproducer.ts';

const program: Program = { format: 1, contract: '0.10.7', steps: [] };
const failure: Failure = {
  kind: 'oracle',
  oracle: 'leak',
  at: 0,
  step: null,
  detail: 'process boxlite-shim',
  situation: 'end',
};
const failed: Ending = { is: 'failed', failure };
const passed: Ending = { is: 'passed' };

/** Plays endings in order, the last one for ever, and counts; aborts while it plays the one of that number. */
function player(endings: Ending[], abortAt = 0) {
  const controller = new AbortController();
  const played = { runs: 0, signal: controller.signal };
  const run = async (): Promise<History> => {
    if (++played.runs === abortAt) controller.abort(new Error('time is up'));
    const ending = endings[Math.min(played.runs, endings.length) - 1] as Ending;
    return { ending } as History;
  };
  return { played, run };
}

const classified = ({ run, played }: ReturnType<typeof player>) =>
  classify(program, failure, run, {}, played.signal);

describe('a classification that is stopped', () => {
  it('has no verdict before the failure was seen again, however often it was not', async () => {
    await expect(classified(player([passed], 5))).rejects.toThrow('time is up');
    await expect(classified(player([passed], 1))).rejects.toThrow('time is up');
  });

  it('is stopped by a run that was interrupted too, and says after how many re-runs', async () => {
    const interrupted: Ending = { is: 'interrupted' };
    await expect(classified(player([passed, passed, interrupted]))).rejects.toThrow('after 2 re-runs');
    const verdict = await classified(player([passed, failed, interrupted]));
    expect(verdict).toEqual({ class: 'flaky', failed: 1, runs: 2 });
  });

  it('gives up at the first run that comes back broken: the runner has tried it again by then', async () => {
    const broken = player([{ is: 'infrastructure', why: 'no disk' }]);
    expect(await classified(broken)).toEqual({ class: 'infrastructure', why: 'no disk' });
    expect(broken.played.runs).toBe(1);
  });
});

it('nothing is decided before the first re-run, even where none are asked for', () => {
  for (const rule of [{ reruns: 0 }, { confirm: 0 }])
    expect(decide({ failed: 0, here: 0, runs: 0 }, { ...defaultReruns, ...rule })).toBeNull();
  expect(decide({ failed: 1, here: 1, runs: 1 }, { ...defaultReruns, reruns: 0 })).toBe('deterministic');
});

describe('a failure that comes back at another step', () => {
  const elsewhere: Ending = { is: 'failed', failure: { ...failure, at: 1 } };

  it('is flaky though every run fails, and has the rate of its own step', async () => {
    const verdict = await classified(player([elsewhere, failed, elsewhere]));
    expect(verdict).toEqual({ class: 'flaky', failed: 3, here: 1, runs: 3 });
    expect(runsPerCandidate(verdict)).toBe(8);
    expect(await classified(player([failed, elsewhere, failed]))).toMatchObject({ here: 2 });
    expect(await classified(player([elsewhere]))).toMatchObject({ class: 'flaky', here: 0 });
  });

  it('is called so when it was stopped before', async () => {
    const verdict = await classified(player([failed, elsewhere], 3));
    expect(verdict).toEqual({ class: 'flaky', failed: 2, here: 1, runs: 2 });
    await expect(classified(player([failed], 3))).rejects.toThrow('time is up');
  });
});

describe('a candidate', () => {
  const flaky = { class: 'flaky', failed: 1, runs: 2 } as const;

  it.each([
    ['passes as often as the rate calls for', flaky, [passed], 0, 5],
    [
      'of a deterministic failure passes once',
      { class: 'deterministic', failed: 8, runs: 8 } as const,
      [passed],
      0,
      1,
    ],
    ['fails', flaky, [passed, failed], 0, 2],
    ['is given up when time is up', flaky, [passed], 3, 3],
  ])('is not run on once it %s', async (_, verdict, endings, abortAt, runs) => {
    const { run, played } = player(endings, abortAt);
    await reproducerFor(verdict, failure, run, played.signal)(program);
    expect(played.runs).toBe(runs);
  });
});
