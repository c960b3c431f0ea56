import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { defectsFromEnvironment, siteNoter } from '../../../reference/defects/spoil.ts';
import { defect } from '../../../reference/defects/switch.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'bq'));
});
afterEach(async () => {
  await defectsFromEnvironment({});
  rmSync(dir, { recursive: true, force: true });
});

it('notes the sites that are come past, and none of them does anything', async () => {
  await defectsFromEnvironment({ BOXLITE_REF_DEFECT_TRACE: dir });
  expect([defect('env-lost'), defect('stop-slow'), defect('env-lost')]).toEqual([false, false, false]);
  expect(readdirSync(dir).sort()).toEqual(['env-lost', 'stop-slow']);
});

it('notes nothing when it is not asked to', async () => {
  await defectsFromEnvironment({ BOXLITE_REF_DEFECTS: 'env-lost' });
  expect(defect('env-lost')).toBe(true);
  expect(readdirSync(dir)).toEqual([]);
});

it('does not mind that the directory has gone', () => {
  rmSync(dir, { recursive: true });
  expect(() => siteNoter(dir)('env-lost')).not.toThrow();
});
