import { predictPower } from '../../model/predict/power.ts';
import { defineVerb } from '../define.ts';
import { someBoxes } from '../fields.ts';
import { powerCalls } from '../power.ts';

/** start, POST start. */
export const start = defineVerb({
  op: 'start',
  shape: someBoxes,
  effect: 'boots',
  weight: 6,
  themes: { memory: 7, 'main session': 6, ends: 6, recovery: 6, lifecycle: 6 },
  refusals: 3,
  contract: { cli: ['2.1', '3.2'], rest: ['4.3', '3.2'] },
  predict: predictPower,
  calls: powerCalls,
});
