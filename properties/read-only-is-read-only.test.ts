import { it } from 'vitest';
import { canFail, holds, type Property } from './property.ts';

/** Contract 6.3: nobody writes to a mount that is `ro`, and what is `rw` shows on both sides. */
const readOnly: Property = {
  draws: {
    ops: ['run', 'foreground', 'exec', 'restart', 'host-write', 'host-read'],
    surfaces: ['cli'],
    works: ['mounts', 'read', 'write', 'hold'],
    settings: { illegalShare: 0.05, stepsPerBoot: 1 },
    weights: { exec: 14, foreground: 4 },
  },
  about: ({ step, seen }) =>
    'work' in step && step.work.do === 'write' && seen.is === 'ended' && seen.code !== 0,
  noticed: 'ro-not-enforced',
};

it('a read-only mount is read-only', () => holds(readOnly));
it('a runtime that lets read-only mounts be written is noticed', () => canFail(readOnly));
