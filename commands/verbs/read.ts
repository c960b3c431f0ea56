import { attachHandle } from '../../domain/handle.ts';
import { predictRead } from '../../model/predict/read.ts';
import { ofAttach } from '../../model/situation.ts';
import { fromFrames } from '../../runtime/normal-form/index.ts';
import { defineVerb } from '../define.ts';
import { liveAttaches, socketOf } from '../socket.ts';

const shape = { attach: attachHandle };

/** All that an attach has received so far; the runner looks again until it is what is due. */
export const read = defineVerb({
  op: 'read',
  shape,
  predict: predictRead,
  situation: ofAttach,
  candidates: (world) => liveAttaches(world).map((attach) => ({ op: 'read' as const, attach })),
  perform: async (step, stepContext) => {
    const socket = socketOf(stepContext, step.attach);
    return fromFrames(socket.frames(), socket.closed());
  },
});
