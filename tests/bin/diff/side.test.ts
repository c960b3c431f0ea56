import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLedger } from '../../../bin/diff/ledger.ts';
import { runSide } from '../../../bin/diff/side.ts';
import type { Engine } from '../../../bin/session/engine.ts';
import { environment, failure, program } from '../../report/fixtures/records.ts';
import { type Answer, toyEngine } from '../fixtures.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bc-side-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const passed: Answer = { ending: { is: 'passed' } };
const failed: Answer = { ending: { is: 'failed', failure } };
const otherwise: Answer = { ending: { is: 'failed', failure: { ...failure, situation: 'job/stopped' } } };
const broken: Answer = { ending: { is: 'infrastructure', why: 'lost' } };

/** Runs programs `p0`, `p1`, … on a toy engine. */
async function ran(engine: Engine, count: number, times = 1, signal = new AbortController().signal) {
  const said: string[] = [];
  const ledger = await openLedger(dir, 1, { label: 'toy', environment, warnings: [], surfaces: ['cli'] });
  const log = (line: string): void => void said.push(line);
  const setting = { engine, ledger, times, signal, log, remark: (name: string) => `seen ${name}` };
  const totals = await runSide(setting, (i) => (i < count ? { name: `p${i}`, program } : null));
  return { totals, ledger, said };
}

test('every program is kept and told; then the side is complete', async () => {
  const { totals, ledger, said } = await ran(toyEngine([passed]), 2);
  expect(totals).toEqual({ spoilt: 0 });
  expect([...ledger.entries.keys()]).toEqual(['p0', 'p1']);
  expect(ledger.complete).toBe(true);
  expect(said[1]).toMatch(/^\[2\] toy: p1: 2 steps, .*, passed: seen p1$/u);
});

test('what the machine spoils is repaired, run again and counted', async () => {
  const engine = toyEngine([broken, passed]);
  const { totals, ledger } = await ran(engine, 1);
  expect(engine.recovered).toBe(1);
  expect(totals).toEqual({ spoilt: 1 });
  expect(ledger.entries.get('p0')?.run.ending).toEqual({ is: 'passed' });
});

test('a machine that does not come back ends this side, and it is not complete', async () => {
  const engine = toyEngine([passed, broken]);
  engine.target.recover = async () => {
    throw new Error('no answer');
  };
  const { totals, ledger } = await ran(engine, 3);
  expect(totals).toMatchObject({ spoilt: 1, endedEarly: expect.stringMatching(/no answer/u) });
  expect([...ledger.entries.keys()]).toEqual(['p0']);
  expect(ledger.complete).toBe(false);
});

test('a failure is run again for its rate; only the same failure counts', async () => {
  const { ledger, said } = await ran(toyEngine([failed, otherwise, failed, passed]), 1, 4);
  expect(ledger.entries.get('p0')?.run.rate).toEqual({ same: 2, runs: 4 });
  expect(said[0]).toContain('failed in 2 of 4 runs');
});

test('what is in the ledger already is not run again', async () => {
  await ran(toyEngine([passed]), 1);
  const { said } = await ran(toyEngine([passed]), 2);
  expect(said).toHaveLength(1);
  expect(said[0]).toContain('p1');
});

test('a wish to stop is heard between programs', async () => {
  const { totals, ledger } = await ran(toyEngine([passed]), 2, 1, AbortSignal.abort());
  expect(totals).toEqual({ spoilt: 0, endedEarly: 'interrupted' });
  expect(ledger.complete).toBe(false);
});
