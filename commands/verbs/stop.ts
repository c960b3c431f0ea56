import { predictPower } from '../../model/predict/power.ts';
import { ofBoxes } from '../../model/situation.ts';
import { defineVerb } from '../define.ts';
import { someBoxes } from '../fields.ts';
import { bootsAtRest } from '../merging.ts';
import { powerCalls, powerCandidates, simplerPower, varySpelling } from '../power.ts';
import type { StepWith } from '../verb.ts';

type StopStep = StepWith<'stop', typeof someBoxes>;

/** stop, POST stop. */
export const stop = defineVerb({
  op: 'stop',
  shape: someBoxes,
  effect: 'stops',
  weight: 4,
  themes: { streams: 2, 'main session': 4, files: 2, ends: 4, refusals: 4, recovery: 7, lifecycle: 4 },
  contract: { cli: ['2.1', '3.3'], rest: ['4.3', '3.3'] },
  predict: predictPower,
  situation: ofBoxes,
  candidates: (world, context) =>
    powerCandidates(world, context, ['cli', 'url', 'rest'], (via, on): StopStep[] => [
      { op: 'stop', via, on },
    ]),
  vary: varySpelling,
  calls: powerCalls,
  shrink: simplerPower,
  merge: (step, { effect }) =>
    bootsAtRest(effect) ? { ...step, op: 'restart', via: step.via === 'rest' ? 'url' : step.via } : null,
});
