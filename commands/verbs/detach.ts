import type { StepOf } from '../../program/step.ts';
import { defineVerb } from '../define.ts';
import { liveAttaches, socketOf } from '../socket.ts';

/** The client goes: with a Close, or without a word. */
export const detach = defineVerb<'detach'>({
  op: 'detach',
  candidates: (world) =>
    liveAttaches(world).flatMap((attach) =>
      (['close', 'drop'] as const).map((how): StepOf<'detach'> => ({ op: 'detach', attach, how })),
    ),
  perform: async (step, stepContext) => {
    const socket = socketOf(stepContext, step.attach);
    await (step.how === 'close' ? socket.close() : socket.drop());
    return { is: 'done' };
  },
  shrink: function* (step) {
    if (step.how === 'drop') yield { ...step, how: 'close' };
  },
});
