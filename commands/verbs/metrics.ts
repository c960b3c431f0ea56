import { predictMetrics } from '../../model/predict/views.ts';
import { cli, rest } from '../calls.ts';
import { defineVerb } from '../define.ts';
import { by, oneBox } from '../fields.ts';
import { boxPath, typed } from '../paths.ts';

/** stats, GET metrics. */
export const metrics = defineVerb({
  op: 'metrics',
  shape: { ...oneBox, by },
  effect: 'looks',
  weight: 2,
  themes: { executions: 1, recovery: 2, refusals: 3, lifecycle: 2 },
  refusals: 2,
  contract: { cli: ['2.8', '8.4'], rest: ['4.2', '8.4'] },
  predict: predictMetrics,
  calls: (step) => [
    step.via === 'rest'
      ? rest('GET', boxPath(step, '/metrics'), 'bytes')
      : cli(step.via, ['stats', typed(step.via, step), '--format', 'json'], 'ended'),
  ],
});
