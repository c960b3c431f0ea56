import { afterAll, beforeAll, expect, it } from 'vitest';
import { replayCalls } from '../../../bench/real/floor.ts';
import { type Engine, withEngine } from '../../../bin/session/engine.ts';
import { drawProgram } from '../../../bin/smoke/plan.ts';

let engine: Engine;
let done: () => void;
let closed: Promise<void>;

beforeAll(async () => {
  await new Promise<void>((opened) => {
    closed = withEngine(
      { target: 'reference', resident: true },
      () => {},
      async (own) => {
        engine = own;
        opened();
        await new Promise<void>((resolve) => {
          done = resolve;
        });
      },
    );
  });
});

afterAll(async () => {
  done();
  await closed;
});

it('makes the calls of a run again and leaves nothing behind', async () => {
  const { signal } = new AbortController();
  const history = await engine.run(drawProgram(3, 12, engine), signal);
  expect(history.ending).toEqual({ is: 'passed' });
  const clean = await engine.target.baseline();
  const ms = await replayCalls(engine.target, history, signal);
  expect(ms).toBeGreaterThan(0);
  expect(await engine.target.sweep()).toEqual([]);
  expect(await engine.target.baseline(clean, 5_000)).toEqual(clean);
});
