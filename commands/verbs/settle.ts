import type { StepOf } from '../../program/step.ts';
import { defineVerb } from '../define.ts';
import { eachBox, surfaces } from '../pick.ts';
import { plainerSurface } from '../shrink.ts';
import { look } from './inspect.ts';

/** Waits until the status word has caught up with the end of the main command (contract 7.1). */
export const settle = defineVerb<'settle'>({
  op: 'settle',
  candidates: (world, context) =>
    eachBox(
      world,
      surfaces(context, 'cli', 'url', 'rest'),
      (via, on): StepOf<'settle'> => ({ op: 'settle', via, on }),
    ),
  perform: (step, stepContext, deadlineMs) => look(stepContext, step, deadlineMs),
  shrink: plainerSurface,
});
