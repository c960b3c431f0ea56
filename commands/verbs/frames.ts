import { controlFrames } from '../../domain/control-frame.ts';
import { attachHandle } from '../../domain/handle.ts';
import { byteText } from '../../domain/text.ts';
import { predictControl, predictSend } from '../../model/predict/frames.ts';
import { defineVerb } from '../define.ts';
import { keyOf } from '../fields.ts';
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

const shape = { attach: attachHandle, frame: keyOf(controlFrames) };

/** Control frames over an attach. */
export const control = defineVerb({
  op: 'control',
  shape,
  effect: 'changes',
  weight: 4,
  themes: { streams: 4, conversation: 9 },
  needs: ['attach'],
  contract: { cli: ['5.3'] },
  predict: predictControl,
  forms: () => shape.frame.options.map((frame) => ({ frame })),
  calls: (step) => [{ call: 'frames', attach: step.attach, frames: [{ text: controlFrames[step.frame] }] }],
  detail: ({ frame }) => frame,
});
