import type { StepOf } from '../../program/step.ts';
import { defineVerb } from '../define.ts';

/** A program outside the box writes into a mounted directory. Markers are never written: they are evidence. */
export const hostWrite = defineVerb<'host-write'>({
  op: 'host-write',
  candidates: (world) =>
    Object.keys(world.hosts)
      .filter((host) => !host.startsWith('~'))
      .map((host): StepOf<'host-write'> => ({ op: 'host-write', host, file: 'g', data: `host's ${host}\n` })),
  perform: async (step, stepContext) => {
    await stepContext.session.host.write(step.host, step.file, step.data);
    return { is: 'done' };
  },
});
