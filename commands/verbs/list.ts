import { z } from 'zod';
import { surfaceSchema } from '../../domain/surface.ts';
import { predictList } from '../../model/predict/views.ts';
import { ofNothing } from '../../model/situation.ts';
import { callCli, callRest } from '../call.ts';
import { defineVerb } from '../define.ts';
import { surfaces } from '../pick.ts';
import { plainerSurface } from '../shrink.ts';
import type { StepWith } from '../verb.ts';

const shape = { via: surfaceSchema, all: z.boolean() };
type ListStep = StepWith<'list', typeof shape>;

/** list, list -a, GET boxes. */
export const list = defineVerb({
  op: 'list',
  shape,
  predict: predictList,
  situation: ofNothing,
  candidates: (_world, context) =>
    surfaces(context, 'cli', 'url', 'rest').flatMap((via) =>
      [true, false].map((all): ListStep => ({ op: 'list', via, all })),
    ),
  perform: (step, stepContext, deadlineMs) => {
    if (step.via === 'rest')
      return callRest(stepContext, { method: 'GET', path: '/v1/boxes' }, 'boxes', deadlineMs);
    const args = ['list', ...(step.all ? ['-a'] : []), '--format', 'json'];
    return callCli(stepContext, step.via, args, { expecting: 'list', deadlineMs });
  },
  shrink: plainerSurface,
});
