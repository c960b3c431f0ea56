import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { nothingBeyond } from '../../../runtime/targets/settled.ts';

const lines = fc.array(fc.constantFrom('process a', 'process b', 'file c'), { maxLength: 6 });

test('a baseline forgives what has gone and tells what is new or there twice', () => {
  fc.assert(
    fc.property(lines, fc.nat(5), fc.constantFrom('process a', 'socket d'), (before, cut, extra) => {
      expect(nothingBeyond(before.slice(cut), before)).toBe(true);
      expect(nothingBeyond([...before, extra], before)).toBe(false);
    }),
  );
});
