import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { demandSpace, spaceRefusal } from '../../../lab/build/space.ts';

test('a refusal for lack of room names the directory, what is free and what is needed', () => {
  expect(spaceRefusal('/c', 1024 ** 3, 4 * 1024 ** 3)).toMatch(
    /^\/c has 1\.0 GB free, the lab needs 4\.0 GB/,
  );
  expect(spaceRefusal('/c', 4 * 1024 ** 3, 4 * 1024 ** 3)).toBeNull();
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
