import { z } from 'zod';
import { type ControlFrame, controlFrames } from '../../domain/control-frame.ts';
import { attachHandle } from '../../domain/handle.ts';
import { predictControl } from '../../model/predict/frames.ts';
import { ofAttach } from '../../model/situation.ts';
import { defineVerb } from '../define.ts';
import { liveAttaches } from '../pick.ts';
import type { StepWith } from '../verb.ts';

const shape = { attach: attachHandle, frame: z.enum(Object.keys(controlFrames) as ControlFrame[]) };
type ControlStep = StepWith<'control', typeof shape>;

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
  situation: ofAttach,
  candidates: (world) =>
    liveAttaches(world).flatMap((attach) =>
      (Object.keys(controlFrames) as ControlFrame[]).map(
        (frame): ControlStep => ({ op: 'control', attach, frame }),
      ),
    ),
  calls: (step) => [{ call: 'frames', attach: step.attach, frames: [{ text: controlFrames[step.frame] }] }],
  detail: ({ frame }) => frame,
});
