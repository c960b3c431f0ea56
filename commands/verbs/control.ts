import { z } from 'zod';
import { type ControlFrame, controlFrames } from '../../domain/control-frame.ts';
import { attachHandle } from '../../domain/handle.ts';
import { predictControl } from '../../model/predict/frames.ts';
import { defineVerb } from '../define.ts';

const shape = { attach: attachHandle, frame: z.enum(Object.keys(controlFrames) as ControlFrame[]) };

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
  forms: () => (Object.keys(controlFrames) as ControlFrame[]).map((frame) => ({ frame })),
  calls: (step) => [{ call: 'frames', attach: step.attach, frames: [{ text: controlFrames[step.frame] }] }],
  detail: ({ frame }) => frame,
});
