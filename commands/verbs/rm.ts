import { z } from 'zod';
import { predictPower } from '../../model/predict/power.ts';
import { ofBoxes } from '../../model/situation.ts';
import { defineVerb } from '../define.ts';
import { someBoxes } from '../fields.ts';
import { boxPath } from '../paths.ts';
import { powerByCli, powerCandidates, simplerPower, single, varySpelling } from '../power.ts';
import type { StepWith } from '../verb.ts';

const shape = { ...someBoxes, force: z.boolean() };
type RmStep = StepWith<'rm', typeof shape>;

/** rm with and without force, DELETE. */
export const rm = defineVerb({
  op: 'rm',
  shape,
  effect: 'removes',
  weight: 4,
  themes: { files: 2, refusals: 8, lifecycle: 4 },
  refusals: 10,
  contract: { cli: ['2.6', '8.5'], rest: ['4.3', '8.5'] },
  predict: predictPower,
  situation: ofBoxes,
  candidates: (world, context) =>
    powerCandidates(world, context, ['cli', 'url', 'rest'], (via, on): RmStep[] =>
      [true, false].map((force) => ({ op: 'rm', via, on, force })),
    ),
  vary: varySpelling,
  calls: (step) =>
    step.via === 'rest'
      ? [
          {
            call: 'rest',
            method: 'DELETE',
            path: boxPath(single(step), step.force ? '?force=true' : ''),
            expecting: 'done',
          },
        ]
      : [powerByCli(step, step.via, step.force ? ['-f'] : [])],
  shrink: simplerPower,
});
