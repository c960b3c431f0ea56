import { expect, test } from 'vitest';
import { predict } from '../../commands/index.ts';
import { looselyCounted, usageOf } from '../../model/predict/counts.ts';
import { newestProfile } from '../../model/profile.ts';
import { emptyWorld, type World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';

const after = (...steps: Step[]): World =>
  steps.reduce((w, step) => predict(w, step, newestProfile)?.outcomes[0].next ?? w, emptyWorld);
const run: Step = { op: 'run', via: 'rest', as: 'box1', main: { do: 'hold', out: '' } };
const exec: Step = { op: 'exec', via: 'rest', on: 'box1', work: { do: 'print', out: '', err: '', code: 0 } };

test('an answer that no outcome has may have counted two commands, of a box that nothing was counted of too', () => {
  const fresh = after(run);
  expect(fresh.counts.boxes.box1).toBeUndefined();
  expect(usageOf(looselyCounted(fresh, fresh), 'box1').commands).toEqual([0, 2]);
  const used = after(run, exec);
  expect(usageOf(looselyCounted(used, used), 'box1').commands).toEqual([1, 3]);
  expect(usageOf(looselyCounted(fresh, used), 'box1').commands).toEqual([0, 3]);
});
