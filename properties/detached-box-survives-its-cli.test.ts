import { it } from 'vitest';
import { canFail, holds, type Property } from './property.ts';

/** Contract 3.4: a detached box outlives the process that started it, and a fresh process finds it as it was. */
const detachedBoxes: Property = {
  draws: {
    ops: ['run', 'create', 'start', 'exec', 'inspect', 'list'],
    surfaces: ['cli'],
    works: ['hold', 'cat', 'print'],
    settings: { illegalShare: 0.05 },
    weights: { inspect: 8, list: 6 },
  },
  about: ({ step, seen }) => step.op === 'inspect' && seen.is === 'box' && seen.box.status === 'running',
  noticed: 'detached-dies-with-owner',
};

it('a detached box survives its CLI', () => holds(detachedBoxes));
it('a runtime whose boxes die with their owner is noticed', () => canFail(detachedBoxes));
