import { z } from 'zod';
import { attachHandle } from '../../domain/handle.ts';
import { predictDetach, predictRead } from '../../model/predict/attach.ts';
import { defineVerb } from '../define.ts';
import { openStreams } from '../pick.ts';

/** All that an attach has received so far; the runner looks again until it is what is due. */
export const read = defineVerb({
  op: 'read',
  shape: { attach: attachHandle },
  effect: 'looks',
  weight: 6,
  themes: { streams: 8, conversation: 7, outputs: 2, 'main session': 8, recovery: 6, executions: 4 },
  needs: ['attach', 'attach-main'],
  waitS: 20,
  contract: { cli: ['5.3', '5.4'] },
  predict: predictRead,
  calls: ({ attach }) => [{ call: 'received', attach }],
  owed: (world) =>
    Object.values(world.attaches).some(({ state }) => state === 'ended') ||
    openStreams(world).some(
      ({ attach, exec }) => attach.errors.length > 0 || exec.out !== '' || exec.status === 'ending',
    ),
});

const shape = { attach: attachHandle, how: z.enum(['close', 'drop']) };

/** The client goes: with a Close, or without a word. */
export const detach = defineVerb({
  op: 'detach',
  shape,
  effect: 'leaves',
  weight: 4,
  themes: { streams: 4, conversation: 5, 'main session': 4 },
  needs: ['attach', 'attach-main'],
  contract: { cli: ['5.4'] },
  predict: predictDetach,
  forms: () => shape.how.options.map((how) => ({ how })),
  calls: ({ attach, how }) => [{ call: 'leave', attach, how }],
  shrink: function* (step) {
    if (step.how === 'drop') yield { ...step, how: 'close' as const };
  },
});
