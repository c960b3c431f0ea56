import { describe, expect, it } from 'vitest';
import type { Ending, History } from '../../../program/history.ts';
import type { Program } from '../../../program/program.ts';
import { LostMachineError, type Recovery, steadyRunner } from '../../../search/investigate/steady-runner.ts';
import { failure } from '../../report/fixtures/records.ts';
import { historyOf } from '../fixtures/toy-runtime.ts';

const program: Program = {
  format: 1,
  contract: '0.10.7',
  steps: [{ op: 'run', via: 'rest', as: 'box1' }],
};
const broken: Ending = { is: 'infrastructure', why: 'ssh is gone' };
const passed: Ending = { is: 'passed' };

const running = new AbortController().signal;

/** Runs the program so many times on a machine whose runs end as told, later ones well. */
async function runs(
  times: number,
  endings: readonly Ending[],
  changes: Partial<Recovery> = {},
  signal = running,
) {
  const left = [...endings];
  const recovered: string[] = [];
  const broken: History[] = [];
  let executed = 0;
  const run = steadyRunner({
    run: async (asked) => {
      executed++;
      return historyOf(asked, left.shift() ?? passed);
    },
    recover: async (why) => void recovered.push(why),
    onBroken: (history) => void broken.push(history),
    ...changes,
  });
  const ends: string[] = [];
  let error: unknown = null;
  try {
    for (let i = 0; i < times; i++) ends.push((await run(program, signal)).ending.is);
  } catch (thrown) {
    error = thrown;
  }
  return { ends, error, recovered, broken: broken.length, executed };
}

const bad = (times: number): Ending[] => Array.from({ length: times }, () => broken);

it('brings the machine back after each broken run, tells of it, and runs the program again', async () => {
  expect(await runs(1, bad(2))).toEqual({
    ends: ['passed'],
    error: null,
    recovered: ['ssh is gone', 'ssh is gone'],
    broken: 2,
    executed: 3,
  });
});

it('hands back a program that broke it three times, and brings the machine back for the next', async () => {
  expect(await runs(2, bad(3))).toMatchObject({
    ends: ['infrastructure', 'passed'],
    recovered: { length: 3 },
    broken: 2,
    executed: 4,
  });
});

it('gives up after three such programs in a row, and says which', async () => {
  const { error, ends, executed } = await runs(4, bad(9));
  expect(ends).toEqual(['infrastructure', 'infrastructure', 'infrastructure']);
  expect(executed).toBe(9);
  expect(error).toBeInstanceOf(LostMachineError);
  expect(error).toMatchObject({
    name: 'LostMachineError',
    message:
      'the machine broke in 3 programs in a row, 3 times each; last: ssh is gone (a program of 1 step)',
  });
});

it('goes on where a program in between ran to its end', async () => {
  const spoilt = [...bad(6), passed, ...bad(6)];
  expect(await runs(5, spoilt)).toMatchObject({ error: null, executed: 13 });
});

describe('what looks like the machine', () => {
  const noBoot: Ending = { is: 'infrastructure', why: 'the VM failed to start', failure };
  const other: Ending = { ...noBoot, failure: { ...failure, situation: 'job/stopped' } };
  const controls = (...boots: boolean[]) => {
    const control = async (): Promise<boolean> => boots.shift() ?? true;
    return { control, left: boots };
  };

  it('is the runtime when it comes again on a machine just repaired, and a control box boots before and after', async () => {
    const { control, left } = controls(true, true);
    const told = await runs(1, [noBoot, noBoot], { control });
    expect(told).toMatchObject({ ends: ['failed'], executed: 2, broken: 1, recovered: { length: 1 } });
    expect(left).toEqual([]);
  });

  it.each<[string, Ending[], boolean[]]>([
    ['no control box boots before', [noBoot, noBoot, noBoot], [false, true, false]],
    ['no control box boots after', [noBoot, noBoot], [true, false]],
    ['it does not come again', [noBoot], [true]],
    ['something else comes', [noBoot, other], [true, true]],
    ['the machine is lost outright', [noBoot, broken], [true]],
  ])('is the machine when %s', async (_, endings, boots) => {
    const { ends } = await runs(1, endings, controls(...boots));
    expect(ends).not.toContain('failed');
  });

  it('costs no repair the first time, as long as the machine lives', async () => {
    const tidied: string[] = [];
    const tidy = async (why: string): Promise<void> => void tidied.push(why);
    const once = await runs(1, [noBoot], { tidy });
    expect(once).toMatchObject({ ends: ['passed'], executed: 2, broken: 1, recovered: [] });
    expect(tidied).toEqual(['the VM failed to start']);
    const thrice = await runs(1, [noBoot, noBoot, noBoot], { tidy, ...controls(true, true) });
    expect(thrice).toMatchObject({ ends: ['failed'], executed: 3, recovered: { length: 1 } });
  });

  it.each<[string, Ending]>([
    ['it cannot be tidied', noBoot],
    ['it was lost outright', broken],
  ])('costs a repair the first time where %s', async (_, ending) => {
    const tidy = () => Promise.reject(new Error('ssh is gone'));
    expect(await runs(1, [ending], { tidy })).toMatchObject({ ends: ['passed'], recovered: { length: 1 } });
  });

  it('is the machine where nobody can boot a control box, or that breaks as well', async () => {
    expect(await runs(1, [noBoot, noBoot])).toMatchObject({ ends: ['passed'], executed: 3 });
    const control = () => Promise.reject(new Error('ssh is gone'));
    expect(await runs(1, [noBoot, noBoot], { control })).toMatchObject({ ends: ['passed'] });
  });

  it('is the runtime at once when it is known, as long as a control box boots after it', async () => {
    const { control } = controls(true, true, true, false);
    const again = await runs(4, [noBoot, noBoot, noBoot, noBoot, passed], { control });
    expect(again).toMatchObject({ ends: ['failed', 'failed', 'passed', 'passed'], recovered: { length: 2 } });
  });
});

it('says why when the machine does not come back', async () => {
  const recover = () => Promise.reject(new Error('no qemu'));
  const { error } = await runs(1, bad(1), { recover });
  expect(error).toBeInstanceOf(LostMachineError);
  expect(error).toMatchObject({
    message: 'the machine is lost (ssh is gone) and did not come back: no qemu',
  });
});

it('brings nothing back once the caller has ended it', async () => {
  expect(await runs(1, bad(1), {}, AbortSignal.abort())).toMatchObject({
    ends: ['infrastructure'],
    recovered: [],
    broken: 0,
  });
});
