import { nextHandle } from '../../model/handles.ts';
import type { StepOf } from '../../program/step.ts';
import { asked, openAttach, spelledMode } from '../attaching.ts';
import { defineVerb } from '../define.ts';
import { boxRefs, spelled, surfaces } from '../pick.ts';
import { without } from '../shrink.ts';
import { boxPath } from '../spell.ts';

/** Attach to the main session of a box. */
export const attachMain = defineVerb<'attach-main'>({
  op: 'attach-main',
  candidates: (world, context) =>
    surfaces(context, 'rest').flatMap((via) =>
      boxRefs(world, via).flatMap((on): StepOf<'attach-main'>[] =>
        asked({ op: 'attach-main', as: nextHandle(world, 'att'), on }),
      ),
    ),
  vary: (step, world) => spelled(step, world).chain((each) => spelledMode(each, 2)),
  perform: (step, stepContext, deadlineMs) =>
    openAttach(stepContext, step, boxPath(stepContext, step.on, step.by), deadlineMs),
  shrink: (step) => without(step, 'stdin', 'readonly', 'by'),
});
