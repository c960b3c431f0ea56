import type { StepOf } from '../../program/step.ts';
import { defineVerb } from '../define.ts';

/** What lies in a mounted directory, seen from outside the box. */
export const hostRead = defineVerb<'host-read'>({
  op: 'host-read',
  candidates: (world) =>
    Object.keys(world.hosts)
      .filter((host) => !host.startsWith('~'))
      .flatMap((host) =>
        ['marker', 'g'].map((file): StepOf<'host-read'> => ({ op: 'host-read', host, file })),
      ),
  perform: async (step, stepContext) => ({
    is: 'bytes',
    data: await stepContext.session.host.read(step.host, step.file),
  }),
});
