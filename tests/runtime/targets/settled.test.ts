import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { nothingBeyond, settledBaseline, untilSound } from '../../../runtime/targets/settled.ts';

const lines = fc.array(fc.constantFrom('process a', 'process b', 'file c'), { maxLength: 6 });

test('a baseline forgives what has gone and tells what is new or there twice', () => {
  fc.assert(
    fc.property(lines, fc.nat(5), fc.constantFrom('process a', 'socket d'), (before, cut, extra) => {
      expect(nothingBeyond(before.slice(cut), before)).toBe(true);
      expect(nothingBeyond([...before, extra], before)).toBe(false);
    }),
  );
});

test('what is known to stay is not waited for, anything beside it is', async () => {
  const looks = [['volume v', 'process p'], ['volume v']];
  const look = () => looks.shift() ?? ['looked once too often'];
  const stays = (line: string): boolean => line.startsWith('volume');
  expect(await settledBaseline(look, [], 60_000, stays)).toEqual(['volume v']);
  expect(looks).toEqual([]);
});

test('a machine that is not sound is waited for, and what is wrong with it thrown when that takes too long', async () => {
  let asked = 0;
  const heartbeat = async (): Promise<void> => {
    if (++asked < 3) throw new Error('the disk is full');
  };
  await untilSound(heartbeat);
  expect(asked).toBe(3);
  const full = () => Promise.reject(new Error('the disk is full'));
  await expect(untilSound(full, 100)).rejects.toThrow('the disk is full');
});
