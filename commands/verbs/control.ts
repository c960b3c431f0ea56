import type { StepOf } from '../../program/step.ts';
import { defineVerb } from '../define.ts';
import { liveAttaches, socketOf } from '../socket.ts';

type Frame = StepOf<'control'>['frame'];

/** Text frames, sane and not (contract 5.3). */
const texts: Record<Frame, string> = {
  eof: '{"type":"stdin_eof"}',
  resize: '{"type":"resize","rows":24,"cols":80}',
  signal: '{"type":"signal","sig":15}',
  'bad-json': '{"type":',
  'no-type': '{"rows":24}',
  unknown: '{"type":"dance"}',
  'bad-signal': '{"type":"signal","sig":9}',
};

/** Control frames over an attach. */
export const control = defineVerb<'control'>({
  op: 'control',
  candidates: (world) =>
    liveAttaches(world).flatMap((attach) =>
      (Object.keys(texts) as Frame[]).map((frame): StepOf<'control'> => ({ op: 'control', attach, frame })),
    ),
  perform: async (step, stepContext) => {
    socketOf(stepContext, step.attach).sendText(texts[step.frame]);
    return { is: 'done' };
  },
});
