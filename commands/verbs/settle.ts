import { predictSettle } from '../../model/predict/views.ts';
import { defineVerb } from '../define.ts';
import { oneBox } from '../fields.ts';
import { look } from '../paths.ts';

/** Waits until the status word has caught up with the end of the main command (contract 7.1). */
export const settle = defineVerb({
  op: 'settle',
  shape: oneBox,
  effect: 'settles',
  weight: 1,
  themes: { streams: 1, 'main session': 1, ends: 1, lifecycle: 1 },
  waitS: 15,
  contract: { cli: ['7.1', '3.3'] },
  predict: predictSettle,
  calls: look,
});
