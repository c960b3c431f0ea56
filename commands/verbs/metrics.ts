import { isCli, isSdk } from '../../domain/surface.ts';
import { predictMetrics } from '../../model/predict/usage.ts';
import { cli, rest, sdk } from '../calls.ts';
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
  calls: (step) => {
    const { via } = step;
    const box = typed(via, step);
    if (isCli(via)) return [cli(via, ['stats', box, '--format', 'json'], 'ended')];
    return [
      isSdk(via) ? sdk(via, 'metrics', { box }, 'numbers') : rest('GET', boxPath(step, '/metrics'), 'bytes'),
    ];
  },
});
