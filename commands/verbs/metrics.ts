import { isCli, isSdk } from '../../domain/surface.ts';
import { predictMetrics } from '../../model/predict/views.ts';
import { cli, rest, sdk } from '../calls.ts';
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
  calls: (step) => {
    const { via } = step;
    const box = typed(via, step);
    if (isCli(via)) return [cli(via, ['stats', box, '--format', 'json'], 'ended')];
    return [
      isSdk(via) ? sdk(via, 'metrics', { box }, 'numbers') : rest('GET', boxPath(step, '/metrics'), 'bytes'),
    ];
  },
});
