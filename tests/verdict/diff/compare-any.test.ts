import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Difference } from '../../../verdict/diff.ts';
import { elsewhere, history } from './arbitrary.ts';
import { compared } from './compared.ts';

test('a run agrees with itself on another machine, in every step and at its end', () => {
  fc.assert(
    fc.property(history, (run) => {
      const found = compared(run, elsewhere(run));
      expect(found.differences).toEqual([]);
      expect(found).toMatchObject({
        agreed: run.events.length + 1,
        steps: run.events.length + 1,
        unpaired: 0,
      });
    }),
  );
});

test('which side is which makes no difference to what differs', () => {
  fc.assert(
    fc.property(history, history, (a, b) => {
      const [there, back] = [compared(a, b), compared(b, a)];
      const told = ({ class: is, at, op, seen }: Difference) => [is, at, op, [...seen].sort()];
      expect(there.differences.map(told)).toEqual(back.differences.map(told));
      expect(there.agreed).toBe(back.agreed);
    }),
  );
});

test('each step agrees or has a difference', () => {
  fc.assert(
    fc.property(history, history, (a, b) => {
      const found = compared(a, b);
      const differing = new Set(found.differences.map(({ at }) => at));
      expect(found.agreed + differing.size).toBe(found.steps);
    }),
  );
});
