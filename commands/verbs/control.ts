import { controlFrames } from '../../domain/control-frame.ts';
import { attachHandle } from '../../domain/handle.ts';
import { predictControl } from '../../model/predict/frames.ts';
import { defineVerb } from '../define.ts';
import { keyOf } from '../fields.ts';

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
