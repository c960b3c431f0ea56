import type { StepOf } from '../../program/step.ts';
import { callCli, callRest } from '../call.ts';
import { defineVerb } from '../define.ts';
import { surfaces } from '../pick.ts';
import { plainerSurface } from '../shrink.ts';

/** list, list -a, GET boxes. */
export const list = defineVerb<'list'>({
  op: 'list',
  candidates: (_world, context) =>
    surfaces(context, 'cli', 'url', 'rest').flatMap((via) =>
      [true, false].map((all): StepOf<'list'> => ({ op: 'list', via, all })),
    ),
  perform: (step, stepContext, deadlineMs) => {
    if (step.via === 'rest')
      return callRest(stepContext, { method: 'GET', path: '/v1/boxes' }, 'boxes', deadlineMs);
    const args = ['list', ...(step.all ? ['-a'] : []), '--format', 'json'];
    return callCli(stepContext, step.via, args, { expecting: 'list', deadlineMs });
  },
  shrink: plainerSurface,
});
