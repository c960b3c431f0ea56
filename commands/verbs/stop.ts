import { predictPower } from '../../model/predict/power.ts';
import { defineVerb } from '../define.ts';
import { someBoxes } from '../fields.ts';
import { powerCalls } from '../power.ts';
import { bootsAtRest } from '../verb.ts';

/** stop, POST stop. */
export const stop = defineVerb({
  op: 'stop',
  shape: someBoxes,
  effect: 'stops',
  weight: 4,
  themes: { streams: 2, 'main session': 4, files: 2, ends: 4, refusals: 4, recovery: 7, lifecycle: 4 },
  contract: { cli: ['2.1', '3.3'], rest: ['4.3', '3.3'] },
  predict: predictPower,
  calls: powerCalls,
  merge: (step, { effect }) =>
    bootsAtRest(effect) ? { ...step, op: 'restart', via: step.via === 'rest' ? 'url' : step.via } : null,
});
