import { z } from 'zod';
import { predictInfo, predictLogs, predictMetrics, predictServerMetrics } from '../../model/predict/usage.ts';
import { cli, rest } from '../calls.ts';
import { defineVerb } from '../define.ts';
import { by, oneBox } from '../fields.ts';
import { boxPath, typed } from '../paths.ts';
import { without } from '../shrink.ts';

/** stats, GET metrics of a box. */
export const metrics = defineVerb({
  op: 'metrics',
  shape: { ...oneBox, by },
  effect: 'looks',
  weight: 2,
  themes: { executions: 4, recovery: 2, refusals: 3, lifecycle: 2, usage: 8 },
  refusals: 2,
  contract: { cli: ['13', '8.4'], rest: ['13', '4.2'] },
  predict: predictMetrics,
  calls: (step) => [
    step.via === 'rest'
      ? rest('GET', boxPath(step, '/metrics'), 'bytes')
      : cli(step.via, ['stats', typed(step.via, step), '--format', 'json'], 'ended'),
  ],
});

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

/** info: the local home in numbers. */
export const info = defineVerb({
  op: 'info',
  shape: { via: z.enum(['cli', 'url']) },
  effect: 'lists',
  weight: 1,
  themes: { ends: 1, lifecycle: 2, refusals: 1, usage: 3 },
  refusals: 0.2,
  contract: { cli: ['13', '8.10'] },
  predict: predictInfo,
  calls: ({ via }) => [
    cli(via, ['info', '--format', 'json'], 'ended', via === 'cli' ? { sinceBegan: true } : {}),
  ],
});

/** Fewer lines than some boots leave. */
const LINES = [1, 3];

/** logs: the console of a box, on the local home alone. */
export const logs = defineVerb({
  op: 'logs',
  shape: {
    ...oneBox,
    via: z.enum(['cli', 'url']),
    by,
    lines: z.int().min(0).optional(),
    /** It is asked twice in a row, and must tell the same. */
    twice: z.boolean().optional(),
  },
  effect: 'looks',
  weight: 1,
  themes: { ends: 1, recovery: 1, refusals: 1, lifecycle: 2, usage: 3 },
  refusals: 0.5,
  contract: { cli: ['13', '8.4'] },
  predict: predictLogs,
  forms: () => [{}, { twice: true }, ...LINES.map((lines) => ({ lines }))],
  calls: ({ via, lines, twice, ...step }) => {
    const words = ['logs', typed(via, step), ...(lines === undefined ? [] : ['-n', String(lines)])];
    return [cli(via, words, 'ended', twice ? { twice } : {})];
  },
  shrink: (step) => without(step, 'by', 'lines', 'twice'),
  detail: ({ lines, twice }) => (twice ? 'twice' : lines === undefined ? '' : 'lines'),
});
