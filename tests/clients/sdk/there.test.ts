import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { loadSdk, notBuiltFor, platformPackage } from './platform.ts';

interface Manifest {
  version: string;
  optionalDependencies?: Record<string, string>;
  optional?: boolean;
}

const top = new URL('../../../', import.meta.url);
const read = (path: string) => JSON.parse(readFileSync(new URL(path, top), 'utf8'));
const locked: Record<string, Manifest | undefined> = read('package-lock.json').packages;
const sdk = locked['node_modules/@boxlite-ai/boxlite'];

test('the SDK loads, or does not exist for this platform', async () => {
  const loading = loadSdk();
  const why = notBuiltFor();
  if (why === null) {
    expect(typeof (await loading).JsBoxlite.rest).toBe('function');
    return;
  }
  console.warn(`NOT RUN: the tests with the SDK of BoxLite as a client. There is none for ${why}.`);
  await expect(loading).rejects.toThrow('does not load');
});

test.runIf(notBuiltFor() === null)('its native part is of the same version', () => {
  const manifest = createRequire(import.meta.url).resolve(`${platformPackage}/package.json`);
  expect(JSON.parse(readFileSync(manifest, 'utf8')).version).toBe(sdk?.version);
});

test('the lock file has the native part as optional', () => {
  expect(locked[`node_modules/${platformPackage}`]).toMatchObject({ version: sdk?.version, optional: true });
});

// Where a platform package cannot be had the lock file lacks it, and `npm ci` then refuses the whole project.
// The overrides in package.json put another package, one that no Linux installs, in its place.
test('the lock file has something for every platform package the SDK names', () => {
  const named = Object.keys(sdk?.optionalDependencies ?? {});
  expect(named).toContain(platformPackage);
  expect(named.filter((name) => locked[`node_modules/${name}`]?.optional !== true)).toEqual([]);
});
