import { homedir } from 'node:os';
import { expect, test } from 'vitest';
import { defaultCacheDir, labPaths } from '../../lab/paths.ts';

test('the cache follows XDG, and falls back below the home', () => {
  expect(defaultCacheDir({ XDG_CACHE_HOME: '/x' })).toBe('/x/boxcheck');
  expect(defaultCacheDir({ XDG_CACHE_HOME: 'relative' })).toBe(`${homedir()}/.cache/boxcheck`);
  expect(defaultCacheDir({})).toBe(`${homedir()}/.cache/boxcheck`);
});

test('two caches of labs share nothing, two versions share the root disk', () => {
  const [a, b] = [labPaths('/a'), labPaths('/b')];
  expect(a.control).not.toBe(b.control);
  expect(a.cli('0.10.7')).toBe('/a/boxlite/0.10.7/bin/boxlite');
  expect(a.payload('0.10.7')).not.toBe(a.payload('0.10.0'));
});
