import { attachQuery } from '../../domain/attach-mode.ts';
import { attachHandle, boxRef } from '../../domain/handle.ts';
import { nextHandle } from '../../model/handles.ts';
import { predictAttachMain } from '../../model/predict/attach.ts';
import { ofMain } from '../../model/situation.ts';
import { asked, spelledMode } from '../attaching.ts';
import { defineVerb } from '../define.ts';
import { attachMode, by } from '../fields.ts';
import { boxPath } from '../paths.ts';
import { boxRefs, spelled, surfaces } from '../pick.ts';
import { without } from '../shrink.ts';
import type { StepWith } from '../verb.ts';

const shape = { as: attachHandle, on: boxRef, by, ...attachMode };
type AttachMainStep = StepWith<'attach-main', typeof shape>;

/** Attach to the main session of a box. */
export const attachMain = defineVerb({
  op: 'attach-main',
  shape,
  makes: 'att',
  effect: 'primes',
  weight: 4,
  themes: { 'main session': 8 },
  waitS: 40,
  contract: { cli: ['5.5', '5.4'] },
  predict: predictAttachMain,
  situation: ofMain,
  candidates: (world, context) =>
    surfaces(context, 'rest').flatMap((via) =>
      boxRefs(world, via).flatMap((on): AttachMainStep[] =>
        asked<AttachMainStep>({ op: 'attach-main', as: nextHandle(world, 'att'), on }),
      ),
    ),
  vary: (step, world) => spelled(step, world).chain((each) => spelledMode(each, 2)),
  calls: (step) => [{ call: 'open', path: boxPath(step, `/attach${attachQuery(step)}`), as: step.as }],
  shrink: (step) => without(step, 'stdin', 'readonly', 'by'),
});
