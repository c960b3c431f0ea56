import { attachQuery } from '../../domain/attach-mode.ts';
import { attachHandle, boxRef } from '../../domain/handle.ts';
import { predictAttachMain } from '../../model/predict/attach.ts';
import { ofMain } from '../../model/situation.ts';
import { asked, spelledMode } from '../attaching.ts';
import { sdk } from '../calls.ts';
import { defineVerb } from '../define.ts';
import { attachesBySdk, attachMode, by } from '../fields.ts';
import { boxPath, typed } from '../paths.ts';
import { without } from '../shrink.ts';

/** Attach to the main session of a box. */
export const attachMain = defineVerb({
  op: 'attach-main',
  shape: { as: attachHandle, on: boxRef, by, ...attachMode, via: attachesBySdk },
  makes: 'att',
  effect: 'primes',
  weight: 4,
  themes: { 'main session': 8 },
  waitS: 40,
  contract: { cli: ['5.5', '5.4'] },
  predict: predictAttachMain,
  situation: ofMain,
  forms: () => asked,
  vary: (step) => spelledMode(step, 2),
  calls: (step) => {
    const { via, as } = step;
    if (via) return [sdk(via, 'attach', { box: typed(via, step) }, 'attached', { as })];
    return [{ call: 'open', path: boxPath(step, `/attach${attachQuery(step)}`), as }];
  },
  shrink: (step) => without(step, 'stdin', 'readonly'),
});
