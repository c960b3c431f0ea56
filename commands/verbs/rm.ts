import { z } from 'zod';
import { isCli, isSdk } from '../../domain/surface.ts';
import { predictPower } from '../../model/predict/power.ts';
import { hasClones } from '../../model/runs.ts';
import { rest, sdk } from '../calls.ts';
import { defineVerb } from '../define.ts';
import { someBoxes } from '../fields.ts';
import { boxPath, typed } from '../paths.ts';
import { powerByCli, single } from './power.ts';

/** rm with and without force, DELETE. */
export const rm = defineVerb({
  op: 'rm',
  shape: { ...someBoxes, force: z.boolean() },
  effect: 'removes',
  weight: 4,
  themes: { files: 2, refusals: 8, lifecycle: 4, usage: 1, copies: 1, snapshots: 1, ports: 3 },
  refusals: 10,
  contract: { cli: ['2.6', '8.5'], rest: ['4.3', '8.5'] },
  predict: predictPower,
  // Of a box that others stand on, or that runs, it is refused.
  likely: ({ on, force }, world) => {
    if (force) return 1;
    if (on.some((each) => hasClones(world, each))) return 30;
    return on.length === 1 && on.some((each) => world.boxes[each]?.status === 'running') ? 6 : 1;
  },
  urge: ({ boxes }) =>
    Object.values(boxes).some(({ source, status }) => source !== null && status !== 'removed') ? 8 : 1,
  forms: () => [{ force: true }, { force: false }],
  calls: (step) => {
    const { via, force } = step;
    if (isCli(via)) return [powerByCli(step, via, force ? ['-f'] : [])];
    if (isSdk(via)) return [sdk(via, 'remove', { box: typed(via, single(step)), force }, 'done')];
    return [rest('DELETE', boxPath(single(step), force ? '?force=true' : ''), 'done')];
  },
});
