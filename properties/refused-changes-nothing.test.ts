import { it } from 'vitest';
import { canFail, holds, type Property } from './property.ts';

/** Contract 8.4: an operation that is refused leaves every box as it was. */
const refusals: Property = {
  draws: {
    ops: ['run', 'create', 'foreground', 'start', 'stop', 'rm', 'exec', 'copy-in', 'copy-out', 'inspect'],
    settings: { illegalShare: 0.7 },
    weights: { rm: 8, exec: 14, create: 8 },
  },
  about: ({ seen }) => seen.is === 'refused',
  noticed: 'refusal-starts-box',
};

it('what is refused changes nothing', () => holds(refusals));
it('a runtime that boots a box it refuses to use is noticed', () => canFail(refusals));
