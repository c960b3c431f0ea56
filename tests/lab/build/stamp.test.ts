import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { digestOf, readStamp, stampedFact, stampOf, writeStamp } from '../../../lab/build/stamp.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'bc-stamp-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const inputs = fc.dictionary(fc.string(), fc.string(), { maxKeys: 5 });

test('the order of inputs means nothing to a stamp, everything else does', () => {
  fc.assert(
    fc.property(inputs, inputs, (a, b) => {
      expect(stampOf(Object.fromEntries(Object.entries(a).reverse()))).toBe(stampOf(a));
      const same = JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
      expect(stampOf(a) === stampOf(b)).toBe(same);
    }),
  );
});

test('a stamp is read back; none and a torn one are null', async () => {
  const output = join(dir, 'out');
  expect(await readStamp(output)).toBeNull();
  writeStamp(output, { a: '1' });
  expect(await readStamp(output)).toBe(stampOf({ a: '1' }));
  writeFileSync(`${output}.stamp`, stampOf({ a: '1' }).slice(0, 20));
  expect(await readStamp(output)).toBeNull();
});

test('what the making of an output found out stands in its stamp and is no part of the digest', async () => {
  const output = join(dir, 'out');
  expect(await stampedFact(output, 'runtime')).toBeNull();
  writeStamp(output, { version: '0.11.0' }, { runtime: '0.10.8' });
  expect(await stampedFact(output, 'runtime')).toBe('0.10.8');
  expect(await stampedFact(output, 'version')).toBe('0.11.0');
  expect(await stampedFact(output, 'other')).toBeNull();
  expect(await readStamp(output)).toBe(stampOf({ version: '0.11.0' }));
});

test('the digest of files is of content, not of names', async () => {
  writeFileSync(join(dir, 'a'), 'x');
  writeFileSync(join(dir, 'b'), 'x');
  writeFileSync(join(dir, 'c'), 'y');
  expect(await digestOf(join(dir, 'a'))).toBe(await digestOf(join(dir, 'b')));
  expect(await digestOf(join(dir, 'a'))).not.toBe(await digestOf(join(dir, 'c')));
});
