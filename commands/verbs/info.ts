import { z } from 'zod';
import { predictInfo } from '../../model/predict/usage.ts';
import { cli } from '../calls.ts';
import { defineVerb } from '../define.ts';

/** info: the local home in numbers. */
export const info = defineVerb({
  op: 'info',
  shape: { via: z.enum(['cli', 'url']) },
  effect: 'lists',
  weight: 1,
  themes: { ends: 8, lifecycle: 2, refusals: 1, usage: 4, volumes: 3 },
  refusals: 0.2,
  contract: { cli: ['13', '8.10'] },
  predict: predictInfo,
  urge: ({ boxes }) =>
    Object.values(boxes).some(({ home, status }) => home === 'local' && status === 'failed') ? 25 : 1,
  calls: ({ via }) => [
    cli(via, ['info', '--format', 'json'], 'ended', via === 'cli' ? { sinceBegan: true } : {}),
  ],
});
