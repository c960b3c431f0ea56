import { z } from 'zod';
import { predictPower } from '../../model/predict/power.ts';
import { rest } from '../calls.ts';
import { defineVerb } from '../define.ts';
import { someBoxes } from '../fields.ts';
import { boxPath } from '../paths.ts';
import { powerByCli, single } from './power.ts';

/** rm with and without force, DELETE. */
export const rm = defineVerb({
  op: 'rm',
  shape: { ...someBoxes, force: z.boolean() },
  effect: 'removes',
  weight: 4,
  themes: { files: 2, refusals: 8, lifecycle: 4, usage: 1 },
  refusals: 10,
  contract: { cli: ['2.6', '8.5'], rest: ['4.3', '8.5'] },
  predict: predictPower,
  forms: () => [{ force: true }, { force: false }],
  calls: (step) =>
    step.via === 'rest'
      ? [rest('DELETE', boxPath(single(step), step.force ? '?force=true' : ''), 'done')]
      : [powerByCli(step, step.via, step.force ? ['-f'] : [])],
});
