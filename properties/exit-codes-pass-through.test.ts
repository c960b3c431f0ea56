import { it } from 'vitest';
import { canFail, holds, type Property } from './property.ts';

/** Contract 1.1, 3.3 and 5.1: whoever runs a command is told its own exit code, on every surface. */
const exitCodes: Property = {
  draws: {
    ops: ['run', 'foreground', 'exec', 'spawn', 'wait', 'settle', 'inspect'],
    works: ['print', 'die', 'hold'],
    settings: { illegalShare: 0.1 },
    weights: { exec: 12, spawn: 8, wait: 12 },
  },
  about: ({ seen }) => seen.is === 'ended' && seen.code !== null && seen.code !== 0,
  noticed: 'exec-code-zeroed',
};

it('exit codes pass through', () => holds(exitCodes));
it('a runtime that zeroes exit codes is noticed', () => canFail(exitCodes));
