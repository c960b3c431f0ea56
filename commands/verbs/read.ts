import { attachHandle } from '../../domain/handle.ts';
import { predictRead } from '../../model/predict/read.ts';
import { defineVerb } from '../define.ts';
import { openStreams } from '../pick.ts';

/** All that an attach has received so far; the runner looks again until it is what is due. */
export const read = defineVerb({
  op: 'read',
  shape: { attach: attachHandle },
  effect: 'looks',
  weight: 6,
  themes: { streams: 8, conversation: 7, outputs: 2, 'main session': 8, recovery: 6 },
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
