import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { tailOf } from '../../files/tail.ts';
import { replaceFile } from '../../files/write.ts';

test('a file is replaced as a whole, and its tail begins with a whole line', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'bcf'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const file = join(dir, 'log');
  expect(await tailOf(file, 100)).toBe('');
  replaceFile(file, 'first\nsecond\nthird\n');
  expect(await tailOf(file, 100)).toBe('first\nsecond\nthird\n');
  expect(await tailOf(file, 9)).toBe('third\n');
  expect(await tailOf(file, 100, Date.now() + 60_000)).toBe('');
  replaceFile(file, '');
  expect(await tailOf(file, 100)).toBe('');
});
