import { beforeAll, expect, it, test } from 'vitest';
import { siteOf, stepsTo } from '../../quality/site.ts';

/** The state graph is made once: three seconds of processor time, which a busy machine makes a minute of. */
beforeAll(() => void stepsTo({ op: 'list', via: 'cli', situation: 'any' }), 180_000);

test.each([
  ['inspect', 'cli', 'never-made', 1],
  ['exec', 'cli', 'sandbox/running', 2],
  ['foreground', 'url', 'job:print', 1],
  ['foreground', 'cli', 'job:print+taken-name', 2],
  ['wait', 'rest', 'exec/never-made', 2],
  ['wait', 'rest', 'exec/running@running', 3],
  ['read', 'rest', 'att/open:exec/running+client@running', 4],
  ['rm', 'url', 'never-made+job/stopped', 3],
  ['rm', 'cli', 'never-made+job/stopped', 2],
  ['stop', 'cli', 'sandbox/running+job/running', 3],
] as const)('%s over %s in %s takes %s steps', (op, via, situation, steps) => {
  expect(stepsTo({ op, via, situation })).toBe(steps);
});

it('is where a failing step is, and nowhere without one', () => {
  const failure = { kind: 'oracle', oracle: 'leak', at: 3, detail: '', situation: 'end' } as const;
  expect(siteOf({ ...failure, step: null })).toBeNull();
  const step = { op: 'wait', exec: 'exec1' } as const;
  expect(siteOf({ ...failure, step })).toEqual({ op: 'wait', via: 'rest', situation: 'end' });
});
