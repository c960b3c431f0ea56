import { z } from 'zod';
import { attachHandle } from '../../domain/handle.ts';
import { predictDetach } from '../../model/predict/attach.ts';
import { defineVerb } from '../define.ts';

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
