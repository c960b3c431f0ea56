import { expect, test } from 'vitest';
import { runSide } from '../../../bin/diff/run.ts';
import type { Engine } from '../../../bin/session/engine.ts';
import { failure, program } from '../../report/fixtures/records.ts';
import { type Answer, toyEngine } from '../fixtures.ts';

const passed: Answer = { ending: { is: 'passed' } };
const failed: Answer = { ending: { is: 'failed', failure } };
const otherwise: Answer = { ending: { is: 'failed', failure: { ...failure, situation: 'job/stopped' } } };
const broken: Answer = { ending: { is: 'infrastructure', why: 'lost' } };

/** Runs programs `p0`, `p1`, … on a toy engine. */
async function ran(
  engine: Engine,
  count: number,
  setting: { times?: number; signal?: AbortSignal; deadlineMs?: number } = {},
) {
  const said: string[] = [];
  const programs = Array.from({ length: count }, (_, i) => ({ name: `p${i}`, program }));
  const { side, seen } = await runSide('toy', engine, programs, {
    deadlineMs: Number.POSITIVE_INFINITY,
    times: 1,
    signal: new AbortController().signal,
    log: (line) => void said.push(line),
    ...setting,
  });
  return { side, seen, said };
}

test('every program is kept and told', async () => {
  const { side, seen, said } = await ran(toyEngine([passed]), 2);
  expect(side).toMatchObject({ label: 'toy', programs: 2, spoilt: 0 });
  expect(side).not.toHaveProperty('endedEarly');
  expect([...seen.keys()]).toEqual(['p0', 'p1']);
  expect(said[1]).toMatch(/^\[2\] toy: p1: 2 steps, .*, passed$/u);
});

test('what the machine spoils is repaired, run again and counted', async () => {
  const engine = toyEngine([broken, passed]);
  const { side, seen } = await ran(engine, 1);
  expect(engine.recovered).toBe(1);
  expect(side.spoilt).toBe(1);
  expect(seen.get('p0')?.run.unjudged).toBeUndefined();
});

test('a machine that does not come back ends this side, and what it had seen is kept', async () => {
  const engine = toyEngine([passed, broken]);
  engine.target.recover = async () => {
    throw new Error('no answer');
  };
  const { side, seen } = await ran(engine, 3);
  expect(side).toMatchObject({ spoilt: 1, endedEarly: expect.stringMatching(/no answer/u) });
  expect([...seen.keys()]).toEqual(['p0']);
});

test('a failure is run again for its rate; only the same failure counts', async () => {
  const { seen, said } = await ran(toyEngine([failed, otherwise, failed, passed]), 1, { times: 4 });
  expect(seen.get('p0')?.run.steps.at(-1)?.complaint?.rate).toEqual({ same: 2, runs: 4 });
  expect(said[0]).toContain('failed in 2 of 4 runs');
});

test('a wish to stop is heard between programs', async () => {
  const { side, seen } = await ran(toyEngine([passed]), 2, { signal: AbortSignal.abort() });
  expect(side.endedEarly).toBe('interrupted');
  expect(seen.size).toBe(0);
});

test('when its time is over no program begins, except the first: or nothing could be compared', async () => {
  const { side, seen } = await ran(toyEngine([passed]), 3, { deadlineMs: 0 });
  expect([...seen.keys()]).toEqual(['p0']);
  expect(side).not.toHaveProperty('endedEarly');
});
