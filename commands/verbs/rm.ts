import { z } from 'zod';
import { predictPower } from '../../model/predict/power.ts';
import { ofBoxes } from '../../model/situation.ts';
import { callRest } from '../call.ts';
import { defineVerb } from '../define.ts';
import { someBoxes } from '../fields.ts';
import { powerCandidates, powerOverCli, simplerPower, varySpelling } from '../power.ts';
import { boxPath } from '../spell.ts';
import type { StepWith } from '../verb.ts';

const shape = { ...someBoxes, force: z.boolean() };
type RmStep = StepWith<'rm', typeof shape>;

/** rm with and without force, DELETE. */
export const rm = defineVerb({
  op: 'rm',
  shape,
  predict: predictPower,
  situation: ofBoxes,
  candidates: (world, context) =>
    powerCandidates(world, context, ['cli', 'url', 'rest'], (via, on): RmStep[] =>
      [true, false].map((force) => ({ op: 'rm', via, on, force })),
    ),
  vary: varySpelling,
  perform: (step, stepContext, deadlineMs) => {
    if (step.via !== 'rest') return powerOverCli(step, step.force ? ['-f'] : [], stepContext, deadlineMs);
    const path = `${boxPath(stepContext, step.on[0] as string, step.by)}${step.force ? '?force=true' : ''}`;
    return callRest(stepContext, { method: 'DELETE', path }, 'done', deadlineMs);
  },
  shrink: simplerPower,
});
