import { predictMetrics } from '../../model/predict/usage.ts';
import { cli, rest } from '../calls.ts';
import { defineVerb } from '../define.ts';
import { by, oneBox } from '../fields.ts';
import { boxPath, typed } from '../paths.ts';

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
