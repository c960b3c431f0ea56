import type { StepOf } from '../../program/step.ts';
import { defineVerb } from '../define.ts';
import { liveAttaches, socketOf } from '../socket.ts';

const inputs = ['line\n', '\0\x01\xff\r\n', 'y'.repeat(9_000)];

/** stdin bytes over an attach. */
export const send = defineVerb<'send'>({
  op: 'send',
  candidates: (world) =>
    liveAttaches(world).flatMap((attach) =>
      inputs.map((data): StepOf<'send'> => ({ op: 'send', attach, data })),
    ),
  perform: async (step, stepContext) => {
    socketOf(stepContext, step.attach).sendBinary(step.data);
    return { is: 'done' };
  },
  shrink: function* (step) {
    if (step.data !== inputs[0]) yield { ...step, data: inputs[0] as string };
  },
});
