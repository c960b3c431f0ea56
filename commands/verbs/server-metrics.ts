import { z } from 'zod';
import { predictServerMetrics } from '../../model/predict/usage.ts';
import { rest } from '../calls.ts';
import { defineVerb } from '../define.ts';

/** GET metrics of the server: what it has counted, and how many boxes run. */
export const serverMetrics = defineVerb({
  op: 'server-metrics',
  shape: { via: z.enum(['rest']) },
  effect: 'looks',
  weight: 2,
  themes: { executions: 1, ends: 2, recovery: 2, refusals: 2, lifecycle: 2, usage: 8 },
  contract: { cli: ['13', '8.10'] },
  predict: predictServerMetrics,
  calls: () => [rest('GET', '/metrics', 'bytes', { sinceBegan: true })],
  // Nothing has been counted yet.
  urge: ({ boxes }) => (Object.values(boxes).some(({ home }) => home === 'server') ? 1 : 0.1),
});
