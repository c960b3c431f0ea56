import { attachHandle } from '../../domain/handle.ts';
import { predictRead } from '../../model/predict/read.ts';
import { ofAttach } from '../../model/situation.ts';
import { defineVerb } from '../define.ts';
import { liveAttaches } from '../pick.ts';

const shape = { attach: attachHandle };

/** All that an attach has received so far; the runner looks again until it is what is due. */
export const read = defineVerb({
  op: 'read',
  shape,
  predict: predictRead,
  situation: ofAttach,
  candidates: (world) => liveAttaches(world).map((attach) => ({ op: 'read' as const, attach })),
  calls: ({ attach }) => [{ call: 'received', attach }],
});
