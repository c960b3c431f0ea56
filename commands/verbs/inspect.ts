import { predictInspect } from '../../model/predict/views.ts';
import { defineVerb } from '../define.ts';
import { by, oneBox } from '../fields.ts';
import { look } from '../paths.ts';
import { running } from '../pick.ts';

/** inspect, GET box. */
export const inspect = defineVerb({
  op: 'inspect',
  shape: { ...oneBox, by },
  effect: 'looks',
  weight: 5,
  themes: { 'main session': 5, ends: 5, refusals: 5, recovery: 3, lifecycle: 5 },
  refusals: 2,
  contract: { cli: ['2.7', '3.3'], rest: ['3.3', '4.4'] },
  predict: predictInspect,
  calls: look,
  // What ended with its server shows only while nothing boots it again.
  owed: (world) => running(world).some(({ adopted }) => adopted),
});
