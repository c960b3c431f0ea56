import { it } from 'vitest';
import { canFail, holds, type Property } from './property.ts';

/** Contract 8.3 and 8.10: list, inspect and REST tell the same about a box, whichever way it was changed. */
const views: Property = {
  draws: {
    ops: ['run', 'create', 'start', 'stop', 'rm', 'settle', 'inspect', 'list'],
    works: ['hold', 'print', 'die'],
    settings: { maxBoxes: 3, illegalShare: 0.1 },
    weights: { inspect: 10, list: 8 },
  },
  about: ({ seen }) => seen.is === 'boxes' && seen.boxes.length > 1,
  noticed: 'list-omits-configured',
};

it('all views of a home agree', () => holds(views));
it('a runtime whose list leaves boxes out is noticed', () => canFail(views));
