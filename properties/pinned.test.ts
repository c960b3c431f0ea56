import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readProgram } from '../program/program-file.ts';
import type { Step } from '../program/step.ts';
import { type Bench, corpus, openBench } from './bench.ts';
import { tell } from './tell.ts';

const files = readdirSync(corpus('pinned')).filter((file) => file.endsWith('.json'));
let bench: Bench;

beforeAll(async () => {
  bench = await openBench((line) => console.log(line));
  console.log(`pinned programs: ${bench.title}`);
});

afterAll(() => bench?.target.close());

/** Whether the target has what the step needs: a lab may be without one of the surfaces. */
const runnable = (step: Step): boolean => bench.surfaces.has('via' in step ? step.via : 'rest');

it('has programs to run', () => {
  expect(files.length).toBeGreaterThanOrEqual(5);
});

it.each(files)('%s holds', async (file) => {
  const program = await readProgram(join(corpus('pinned'), file));
  const missing = program.steps.filter((step) => !runnable(step));
  expect(missing, `${bench.title} lacks a surface these steps need`).toEqual([]);
  const history = await bench.run(program, new AbortController().signal);
  expect(history.ending.is, tell(bench, history)).toBe('passed');
  expect(history.cutShort, 'every step of a pinned program is judged').toBe(0);
});
