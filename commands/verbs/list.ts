import { z } from 'zod';
import { surfaceSchema } from '../../domain/surface.ts';
import { predictList } from '../../model/predict/views.ts';
import { cli, rest } from '../calls.ts';
import { defineVerb } from '../define.ts';

/** list, list -a, GET boxes. */
export const list = defineVerb({
  op: 'list',
  shape: { via: surfaceSchema, all: z.boolean() },
  effect: 'lists',
  weight: 3,
  themes: { ends: 3, lifecycle: 3 },
  contract: { cli: ['2.7', '8.10'], rest: ['4.2', '8.10'] },
  predict: predictList,
  forms: () => [{ all: true }, { all: false }],
  calls: (step) => [
    step.via === 'rest'
      ? rest('GET', '/boxes', 'boxes')
      : cli(step.via, ['list', ...(step.all ? ['-a'] : []), '--format', 'json'], 'list'),
  ],
});
