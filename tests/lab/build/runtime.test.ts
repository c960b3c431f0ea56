import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RUNTIME_FACT, runtimeStep } from '../../../lab/build/runtime.ts';
import { stampedFact } from '../../../lab/build/stamp.ts';
import { runStep } from '../../../lab/build/step.ts';
import { labPaths } from '../../../lab/paths.ts';

const fakePython = fileURLToPath(new URL('../fixtures/', import.meta.url));

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'bc-runtime-'));
  vi.stubEnv('PATH', `${fakePython}${delimiter}${process.env.PATH}`);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(dir, { recursive: true });
});

/** Makes the archive of one version where the newest wheel that fits is another; gives what it said. */
async function made(version: string, wheel: string): Promise<string[]> {
  vi.stubEnv('WHEEL', wheel);
  const notes: string[] = [];
  const log = (line: string) => {
    if (line.includes('wheel')) notes.push(line);
  };
  await runStep(runtimeStep(version, labPaths(dir), log), log);
  return notes;
}

test('a release without a wheel gets the runtime of the newest one before it, and its stamp says which', async () => {
  expect(await made('0.11.0', '0.10.8')).toEqual([
    'lab: there is no wheel of boxlite 0.11.0: the runtime is that of 0.10.8',
  ]);
  const archive = labPaths(dir).runtime('0.11.0');
  expect(await stampedFact(archive, RUNTIME_FACT)).toBe('0.10.8');
  const asked = execFileSync('tar', ['-xzOf', archive, 'boxlite-runtime/boxlite-guest']);
  expect(asked.toString()).toBe('boxlite<=0.11.0\n');
});

test('a release with a wheel gets its own runtime without a word', async () => {
  expect(await made('0.10.7', '0.10.7')).toEqual([]);
  expect(await stampedFact(labPaths(dir).runtime('0.10.7'), RUNTIME_FACT)).toBe('0.10.7');
});

test('where pip finds no wheel at all, the version that was asked for is named', async () => {
  await expect(made('0.8.0', '')).rejects.toThrow('pip downloaded no wheel of boxlite 0.8.0 or older');
});
