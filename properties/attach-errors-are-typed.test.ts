import { it } from 'vitest';
import { canFail, holds, type Property } from './property.ts';

/** Contract 5.2: an attach that cannot be is refused by status, type and code, never by a 5xx or a bare close. */
const attachErrors: Property = {
  draws: {
    ops: ['run', 'spawn', 'attach', 'attach-main', 'kill', 'stop', 'rm'],
    surfaces: ['rest'],
    works: ['hold', 'cat', 'print'],
    settings: { maxBoxes: 1, illegalShare: 0.6 },
    weights: { attach: 14, 'attach-main': 5, stop: 1, rm: 1 },
  },
  about: ({ step, seen }) => step.op.startsWith('attach') && seen.is === 'refused',
  noticed: 'bogus-execution-500',
};

it('attach errors are typed', () => holds(attachErrors));
it('a runtime that answers an unknown execution with 500 is noticed', () => canFail(attachErrors));
