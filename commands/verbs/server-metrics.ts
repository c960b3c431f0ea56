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
  themes: {
    executions: 1,
    ends: 3,
    recovery: 2,
    refusals: 2,
    lifecycle: 2,
    usage: 8,
    outputs: 1,
    memory: 1,
    copies: 1,
    options: 1,
    files: 1,
  },
  contract: { cli: ['13', '8.10'] },
  predict: predictServerMetrics,
  calls: () => [rest('GET', '/metrics', 'bytes', { sinceBegan: true })],
  urge: ({ boxes }) => {
    const own = Object.values(boxes).filter(({ home }) => home === 'server');
    // Nothing has been counted yet.
    if (own.length === 0) return 0.1;
    return own.some(({ status }) => status === 'failed') ? 5 : 1;
  },
});
