import { expect, it } from 'vitest';
import { reachOf, type Scouted } from '../../quality/scout.ts';

const seen = (index: number, sites: string[] | null, seed = 1): Scouted => ({
  seed,
  index,
  steps: 10 + index,
  sites,
});

it('skips programs that never come to the site, and counts their steps', () => {
  const scouted = [seen(0, ['env-lost']), seen(1, ['stop-slow']), seen(2, null)];
  expect(reachOf(scouted, 'env-lost', 1)).toEqual([null, 11, null]);
});

it('takes programs in any order, of its own seed only, up to the first that was not looked at', () => {
  const scouted = [seen(3, []), seen(1, []), seen(0, []), seen(2, ['env-lost'], 2)];
  expect(reachOf(scouted, 'env-lost', 1)).toEqual([10, 11]);
  expect(reachOf([], 'env-lost', 1)).toEqual([]);
});
