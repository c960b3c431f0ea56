import { isCli, isSdk } from '../../domain/surface.ts';
import { predictMetrics } from '../../model/predict/usage.ts';
import { cli, rest, sdk } from '../calls.ts';
import { defineVerb } from '../define.ts';
import { by, oneBox } from '../fields.ts';
import { boxPath, typed } from '../paths.ts';
import { running } from '../pick.ts';

/** stats, GET metrics of a box. */
export const metrics = defineVerb({
  op: 'metrics',
  shape: { ...oneBox, by },
  effect: 'looks',
  weight: 2,
  themes: {
    executions: 4,
    recovery: 2,
    refusals: 3,
    lifecycle: 2,
    usage: 8,
    outputs: 2,
    memory: 2,
    copies: 1,
    options: 1,
  },
  refusals: 2,
  contract: { cli: ['13', '8.4'], rest: ['13', '4.2'] },
  predict: predictMetrics,
  // What was counted of an earlier run must be gone.
  urge: (world) => (running(world).some(({ runs }) => runs > 1) ? 4 : 1),
  calls: (step) => {
    const { via } = step;
    const box = typed(via, step);
    if (isCli(via)) return [cli(via, ['stats', box, '--format', 'json'], 'ended')];
    return [
      isSdk(via) ? sdk(via, 'metrics', { box }, 'numbers') : rest('GET', boxPath(step, '/metrics'), 'bytes'),
    ];
  },
});
