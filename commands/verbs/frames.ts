import { controlFrames } from '../../domain/control-frame.ts';
import { type Data, data, expanded } from '../../domain/fill.ts';
import { attachHandle } from '../../domain/handle.ts';
import { predictControl, predictSend } from '../../model/predict/frames.ts';
import { defineVerb } from '../define.ts';
import { keyOf } from '../fields.ts';
import { often, sent } from '../fills.ts';
import { openStreams } from '../pick.ts';
import { simplerData } from '../simpler-data.ts';
import type { StepWith } from '../verb.ts';

const LINE = 'line\n';
const inputs: Data[] = [LINE, '', '\0\x01\xff\r\n', { size: 9_000, pattern: 'line' }];

const sendShape = { attach: attachHandle, data };
type SendStep = StepWith<'send', typeof sendShape>;

/** stdin bytes over an attach. */
export const send = defineVerb({
  op: 'send',
  shape: sendShape,
  effect: 'changes',
  weight: 4,
  themes: { streams: 4, conversation: 8 },
  needs: ['attach'],
  contract: { cli: ['5.3'] },
  predict: predictSend,
  forms: () => inputs.map((data) => ({ data })),
  vary: (step) => often<SendStep, Data>(step, sent, (data) => ({ ...step, data })),
  calls: (step) => [{ call: 'frames', attach: step.attach, frames: [{ binary: expanded(step.data) }] }],
  shrink: function* (step) {
    if (typeof step.data === 'string' && step.data !== LINE) yield { ...step, data: LINE };
    for (const data of simplerData(step.data, LINE)) yield { ...step, data };
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
  themes: { streams: 4, conversation: 11 },
  needs: ['attach'],
  contract: { cli: ['5.3'] },
  predict: predictControl,
  forms: () => shape.frame.options.map((frame) => ({ frame })),
  calls: (step) => [{ call: 'frames', attach: step.attach, frames: [{ text: controlFrames[step.frame] }] }],
  detail: ({ frame }) => frame,
});
