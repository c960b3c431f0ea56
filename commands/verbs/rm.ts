import { callRest } from '../call.ts';
import { defineVerb } from '../define.ts';
import { powerCandidates, powerOverCli, simplerPower, varySpelling } from '../power.ts';
import { boxPath } from '../spell.ts';

/** rm with and without force, DELETE. */
export const rm = defineVerb<'rm'>({
  op: 'rm',
  candidates: (world, context) =>
    powerCandidates<'rm'>(world, context, ['cli', 'url', 'rest'], (via, on) =>
      [true, false].map((force) => ({ op: 'rm', via, on, force })),
    ),
  vary: varySpelling,
  perform: (step, stepContext, deadlineMs) => {
    if (step.via !== 'rest') return powerOverCli(step, step.force ? ['-f'] : [], stepContext, deadlineMs);
    const path = `${boxPath(stepContext, step.on[0] as string, step.by)}${step.force ? '?force=true' : ''}`;
    return callRest(stepContext, { method: 'DELETE', path }, 'done', deadlineMs);
  },
  shrink: simplerPower,
});
