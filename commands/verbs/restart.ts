import { defineVerb } from '../define.ts';
import { powerCandidates, powerOverCli, simplerPower, varySpelling } from '../power.ts';

/** restart: CLI only, REST has no such route (contract 4.2). */
export const restart = defineVerb<'restart'>({
  op: 'restart',
  candidates: (world, context) =>
    powerCandidates<'restart'>(world, context, ['cli', 'url'], (via, on) => [{ op: 'restart', via, on }]),
  vary: varySpelling,
  perform: (step, stepContext, deadlineMs) => powerOverCli(step, [], stepContext, deadlineMs),
  shrink: function* (step) {
    for (const simpler of simplerPower(step)) if (simpler.via === step.via) yield simpler;
  },
});
