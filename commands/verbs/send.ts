import { attachHandle } from '../../domain/handle.ts';
import { byteText } from '../../domain/text.ts';
import { predictSend } from '../../model/predict/frames.ts';
import { defineVerb } from '../define.ts';
import { openStreams } from '../pick.ts';

const inputs = ['line\n', '\0\x01\xff\r\n', 'y'.repeat(9_000)];

/** stdin bytes over an attach. */
export const send = defineVerb({
  op: 'send',
  shape: { attach: attachHandle, data: byteText },
  effect: 'changes',
  weight: 4,
  themes: { streams: 4, conversation: 7 },
  needs: ['attach'],
  contract: { cli: ['5.3'] },
  predict: predictSend,
  forms: () => inputs.map((data) => ({ data })),
  calls: (step) => [{ call: 'frames', attach: step.attach, frames: [{ binary: step.data }] }],
  shrink: function* (step) {
    if (step.data !== inputs[0]) yield { ...step, data: inputs[0] as string };
  },
  owed: (world) => openStreams(world).some(({ attach, exec }) => attach.readonly || exec.work.do === 'cat'),
});
