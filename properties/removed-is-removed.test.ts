import { it } from 'vitest';
import { canFail, holds, type Property } from './property.ts';

/** Contract 2.6 and 8.5: a removed box answers nowhere, and neither process, file, socket nor mount is left of it. */
const removals: Property = {
  draws: {
    ops: ['run', 'create', 'spawn', 'stop', 'rm', 'inspect', 'list', 'exec'],
    works: ['hold', 'cat', 'print'],
    settings: { illegalShare: 0.3 },
    weights: { rm: 14, inspect: 6 },
  },
  about: ({ step, seen }) => step.op === 'rm' && seen.is !== 'refused',
  noticed: 'rm-leaves-vm',
};

it('what is removed is gone, and nothing of it is left', () => holds(removals));
it('a runtime that leaves the VM of a removed box behind is noticed', () => canFail(removals));
