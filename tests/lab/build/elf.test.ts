import { expect, test } from 'vitest';
import { isStatic } from '../../../lab/build/elf.ts';

/** The smallest thing that looks like a program with these program headers. */
function elf(...types: number[]): Buffer {
  const binary = Buffer.alloc(64 + 56 * types.length);
  binary.write('\x7fELF\x02', 'latin1');
  binary.writeBigUInt64LE(64n, 32);
  binary.writeUInt16LE(56, 54);
  binary.writeUInt16LE(types.length, 56);
  types.forEach((type, i) => {
    binary.writeUInt32LE(type, 64 + 56 * i);
  });
  return binary;
}

test('a program with a loader is not static', () => {
  expect(isStatic(elf(1, 1, 2))).toBe(true);
  expect(isStatic(elf(1, 3, 2))).toBe(false);
});

test('a script, a torn file and nothing are not static programs', () => {
  expect(isStatic(Buffer.from('#!/bin/sh\n'))).toBe(false);
  expect(isStatic(elf(1, 1).subarray(0, 100))).toBe(false);
  expect(isStatic(Buffer.alloc(0))).toBe(false);
});
