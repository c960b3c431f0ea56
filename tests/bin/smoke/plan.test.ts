import { expect, test } from 'vitest';
import { longestFirst, type Planned } from '../../../bin/smoke/plan.ts';
import { program } from '../../report/fixtures/records.ts';

test('programs with most steps are run first, equally long ones in the order they came in', () => {
  const [step] = program.steps;
  if (!step) throw new Error('the program must have a step');
  const planned = (name: string, steps: number): Planned => ({
    name,
    group: 'pinned',
    program: { ...program, steps: Array.from({ length: steps }, () => step) },
  });
  const plan = [planned('a', 2), planned('b', 1), planned('c', 3), planned('d', 2)];
  expect(longestFirst(plan).map(({ name }) => name)).toEqual(['c', 'a', 'd', 'b']);
  expect(plan[0]?.name).toBe('a');
});
