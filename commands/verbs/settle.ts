import { predictSettle } from '../../model/predict/views.ts';
import { ofBox } from '../../model/situation.ts';
import { defineVerb } from '../define.ts';
import { oneBox } from '../fields.ts';
import { look } from '../look.ts';
import { eachBox, surfaces } from '../pick.ts';
import { plainerSurface } from '../shrink.ts';
import type { StepWith } from '../verb.ts';

const shape = oneBox;
type SettleStep = StepWith<'settle', typeof shape>;

/** Waits until the status word has caught up with the end of the main command (contract 7.1). */
export const settle = defineVerb({
  op: 'settle',
  shape,
  effect: 'settles',
  weight: 1,
  themes: { streams: 1, 'main session': 1, ends: 1, lifecycle: 1 },
  waitS: 15,
  contract: { cli: ['7.1', '3.3'] },
  predict: predictSettle,
  situation: ofBox,
  candidates: (world, context) =>
    eachBox(
      world,
      surfaces(context, 'cli', 'url', 'rest'),
      (via, on): SettleStep => ({ op: 'settle', via, on }),
    ),
  calls: look,
  shrink: plainerSurface,
});
