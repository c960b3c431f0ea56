import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { History } from '../../../program/history.ts';
import { compareRuns, type Difference, type ObservedRun } from '../../../verdict/diff.ts';
import { elsewhere, history } from './arbitrary.ts';
import { compared, look, sides } from './compared.ts';

test('a run agrees with itself on another machine, in every step and at its end', () => {
  fc.assert(
    fc.property(history, (run) => {
      const found = compared(run, elsewhere(run));
      expect(found.differences).toEqual([]);
      expect(found).toMatchObject({
        agreed: run.events.length + 1,
        compared: run.events.length + 1,
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

test('observations that went to disk compare as those that did not', () => {
  fc.assert(
    fc.property(history, history, (a, b) => {
      const stored = (run: History) => JSON.parse(JSON.stringify(look(run))) as ObservedRun;
      expect(compareRuns(stored(a), stored(b), sides)).toEqual(compareRuns(look(a), look(b), sides));
    }),
  );
});

test('each step agrees or has a difference', () => {
  fc.assert(
    fc.property(history, history, (a, b) => {
      const found = compared(a, b);
      const differing = new Set(found.differences.map(({ at }) => at));
      expect(found.agreed + differing.size).toBe(found.compared);
    }),
  );
});
