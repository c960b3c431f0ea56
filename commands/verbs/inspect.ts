import { predictInspect } from '../../model/predict/views.ts';
import { ofBox } from '../../model/situation.ts';
import { defineVerb } from '../define.ts';
import { by, oneBox } from '../fields.ts';
import { look } from '../look.ts';
import { eachBox, running, spelled, surfaces } from '../pick.ts';
import { plainer } from '../shrink.ts';
import type { StepWith } from '../verb.ts';

const shape = { ...oneBox, by };
type InspectStep = StepWith<'inspect', typeof shape>;

/** inspect, GET box. */
export const inspect = defineVerb({
  op: 'inspect',
  shape,
  effect: 'looks',
  weight: 5,
  themes: { 'main session': 5, ends: 5, refusals: 5, recovery: 3, lifecycle: 5 },
  refusals: 2,
  contract: { cli: ['2.7', '3.3'], rest: ['3.3', '4.4'] },
  predict: predictInspect,
  situation: ofBox,
  candidates: (world, context) =>
    eachBox(
      world,
      surfaces(context, 'cli', 'url', 'rest'),
      (via, on): InspectStep => ({ op: 'inspect', via, on }),
    ),
  vary: spelled,
  calls: look,
  shrink: plainer,
  // What ended with its server shows only while nothing boots it again.
  owed: (world) => running(world).some(({ adopted }) => adopted),
});
