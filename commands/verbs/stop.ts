import { predictPower } from '../../model/predict/power.ts';
import { ofBoxes } from '../../model/situation.ts';
import { defineVerb } from '../define.ts';
import { someBoxes } from '../fields.ts';
import { powerCalls, powerCandidates, simplerPower, varySpelling } from '../power.ts';
import type { StepWith } from '../verb.ts';

type StopStep = StepWith<'stop', typeof someBoxes>;

/** stop, POST stop. */
export const stop = defineVerb({
  op: 'stop',
  shape: someBoxes,
  predict: predictPower,
  situation: ofBoxes,
  candidates: (world, context) =>
    powerCandidates(world, context, ['cli', 'url', 'rest'], (via, on): StopStep[] => [
      { op: 'stop', via, on },
    ]),
  vary: varySpelling,
  calls: powerCalls,
  shrink: simplerPower,
});
