import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { demandSpace, hasTool, isStatic, lacking } from '../../../lab/build/requirements.ts';

test('all missing packages are named at once, each once, with the line that installs them', () => {
  const packages = lacking(true, () => false)[0]
    ?.split('apt-get install --no-install-recommends ')[1]
    ?.split(' ');
  expect(packages).toHaveLength(13);
  expect(new Set(packages).size).toBe(packages?.length);
  const has = (program: string) => !['qemu-img', 'mmdebstrap', 'ssh', 'ssh-keygen'].includes(program);
  expect(lacking(true, has)).toEqual([
    expect.stringMatching(
      /3 Debian package\(s\).*apt-get install --no-install-recommends qemu-utils openssh-client mmdebstrap$/,
    ),
  ]);
});

test('a machine with every tool lacks nothing, and what builds the CLI is wanted only where it is built', () => {
  expect(lacking(true, () => true)).toEqual([]);
  expect(lacking(false, (program) => !['cargo', 'protoc', 'python3 -m pip'].includes(program))).toEqual([]);
});

test('cargo has its own words, with the way around it', () => {
  expect(lacking(true, (program) => program !== 'cargo')).toEqual([
    expect.stringMatching(/rustup.*--boxlite FILE/s),
  ]);
});

test('a module of python is asked for by running it', () => {
  expect(hasTool('sh')).toBe(true);
  expect(hasTool('sh --no-such-flag')).toBe(false);
  expect(hasTool('no-such-program-of-boxcheck')).toBe(false);
});

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

test('a cache directory without enough room is named, with what is free and what is needed', () => {
  expect(() => demandSpace(tmpdir(), 1024 ** 6)).toThrow(
    /^\S+ has \d+\.\d GB free, the lab needs 1073741824\.0 GB/,
  );
});

test('a cache directory that cannot be made is named, with what to do', () => {
  const dir = mkdtempSync(join(tmpdir(), 'bc-space-'));
  writeFileSync(join(dir, 'file'), '');
  try {
    expect(() => demandSpace(join(dir, 'file', 'cache'), 0)).toThrow(
      /file\/cache cannot be written.*XDG_CACHE_HOME/s,
    );
    demandSpace(join(dir, 'new'), 0);
  } finally {
    rmSync(dir, { recursive: true });
  }
});
