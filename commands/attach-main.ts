import { nextHandle } from '../model/handles.ts';
import type { StepOf } from '../program/step.ts';
import { openAttach } from './attaching.ts';
import { defineVerb } from './define.ts';
import { boxRefs, spelled, surfaces } from './pick.ts';
import { without } from './shrink.ts';
import { boxPath } from './spell.ts';

/** Attach to the main session of a box. */
export const attachMain = defineVerb<'attach-main'>({
  op: 'attach-main',
  candidates: (world, context) =>
    surfaces(context, 'rest').flatMap((via) =>
      boxRefs(world, via).map(
        (on): StepOf<'attach-main'> => ({ op: 'attach-main', as: nextHandle(world, 'att'), on }),
      ),
    ),
  vary: spelled,
  perform: (step, hands, deadlineMs) =>
    openAttach(hands, step.as, boxPath(hands, step.on, step.by), step.readonly, deadlineMs),
  shrink: (step) => without(step, 'readonly', 'by'),
});
