import { it } from 'vitest';
import { canFail, holds, type Property } from './property.ts';

/** Contract 6.2: host paths are for the local CLI alone, so a box made through a server shows none of them. */
const remoteMounts: Property = {
  draws: {
    ops: ['run', 'create', 'exec'],
    surfaces: ['rest', 'url'],
    works: ['mounts', 'hold', 'read'],
    settings: { illegalShare: 0.7, maxBoxes: 3 },
    weights: { run: 10, create: 10, exec: 6 },
  },
  about: ({ step }) => 'mounts' in step && step.mounts !== undefined && step.mounts.length > 0,
  noticed: 'rest-host-path-mounted',
};

it('mounts stay invisible over REST', () => holds(remoteMounts));
it('a server that mounts a path of its host is noticed', () => canFail(remoteMounts));
