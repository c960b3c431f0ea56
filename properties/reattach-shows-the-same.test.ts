import { it } from 'vitest';
import { canFail, holds, type Property } from './property.ts';

/** Contract 5.4: whoever attaches again gets the kept output from its beginning, and the same exit code. */
const reattach: Property = {
  draws: {
    ops: ['run', 'spawn', 'attach', 'send', 'read', 'detach', 'wait'],
    surfaces: ['rest'],
    works: ['hold', 'cat', 'print'],
    settings: { maxBoxes: 1, illegalShare: 0.05 },
    weights: { attach: 12, read: 12, detach: 8, send: 5, spawn: 4 },
  },
  maxSteps: 20,
  about: ({ step, seen }) => step.op === 'read' && seen.is === 'stream' && seen.out !== '',
  noticed: 'replay-missing',
};

it('a reattach shows the same', () => holds(reattach));
it('a runtime that forgets what came before an attach is noticed', () => canFail(reattach));
