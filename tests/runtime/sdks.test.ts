import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { findSdks, pythonOf } from '../../runtime/sdks.ts';
import { wheelFor } from '../../runtime/wheels.ts';

test.each([
  ['0.10.7', '0.10.7'],
  ['0.11.0', '0.10.8'],
  ['0.10.8', '0.10.8'],
  ['0.9.0', '0.10.0'],
  ['unknown', '0.10.8'],
])('for BoxLite %s it is the wheel %s', (version, wheel) => {
  expect(wheelFor(version)).toBe(wheel);
});

test('an SDK is there once its installation is complete, and else it is said what to do', () => {
  const cache = mkdtempSync(join(tmpdir(), 'bc-sdk-'));
  const { python, complete } = pythonOf('0.10.8', cache);
  mkdirSync(dirname(python), { recursive: true });
  writeFileSync(python, '');
  expect(findSdks('0.11.0', cache).found).not.toHaveProperty('sdk');
  expect(findSdks('0.11.0', cache).missing[0]).toMatch(/Python SDK 0\.10\.8 is not installed.*`npm run sdk`/);
  writeFileSync(complete, '');
  expect(findSdks('0.11.0', cache).found.sdk).toMatchObject({ file: python, version: '0.10.8' });
  rmSync(cache, { recursive: true });
});
