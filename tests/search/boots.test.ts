import { expect, it } from 'vitest';
import { emptyWorld } from '../../model/world.ts';
import { rules } from '../../quality/bench.ts';
import { bootsBetween } from '../../search/boots.ts';
import { predict } from '../../search/rules.ts';

it('counts a VM that a step boots, and none where nothing changes', () => {
  const run = { op: 'run', via: 'rest', as: 'box1' } as const;
  const after = predict(rules, emptyWorld, run)?.outcomes[0].next ?? emptyWorld;
  expect(bootsBetween(emptyWorld, after, run)).toBe(1);
  expect(bootsBetween(after, after, run)).toBe(0);
  expect(bootsBetween(emptyWorld, emptyWorld, run)).toBe(0);
});
