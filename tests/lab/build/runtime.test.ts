import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runtimeProblems, runtimeStep, runtimeVersion, wheelVersion } from '../../../lab/build/cli.ts';
import { readStamp, runStep } from '../../../lab/build/step.ts';
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
  expect((await readStamp(archive))?.facts.runtime).toBe('0.10.8');
  expect(await runtimeVersion(archive)).toBe('0.10.8');
  const asked = execFileSync('tar', ['-xzOf', archive, 'boxlite-runtime/boxlite-guest']);
  expect(asked.toString()).toBe('boxlite<=0.11.0\n');
});

test('a release with a wheel gets its own runtime without a word', async () => {
  expect(await made('0.10.7', '0.10.7')).toEqual([]);
  expect(await runtimeVersion(labPaths(dir).runtime('0.10.7'))).toBe('0.10.7');
});

test('an archive whose stamp is older than the note of its version tells it itself', async () => {
  await made('0.11.0', '0.10.8');
  const archive = labPaths(dir).runtime('0.11.0');
  await rm(`${archive}.stamp`);
  expect(await runtimeVersion(archive)).toBe('0.10.8');
  expect(await runtimeVersion(join(dir, 'no-such-archive'))).toBeNull();
});

test('where pip finds no wheel at all, the version that was asked for is named', async () => {
  await expect(made('0.8.0', '')).rejects.toThrow('pip downloaded no wheel of boxlite 0.8.0 or older');
});

const FILES =
  '.complete boxlite-guest boxlite-shim bwrap debugfs guest-mke2fs guest-resize2fs libkrunfw.so.5 mke2fs'.split(
    ' ',
  );

test('a whole runtime in one folder is fine, whatever the folder is called', () => {
  expect(runtimeProblems(['r/', ...FILES.map((f) => `r/${f}`), ''])).toEqual([]);
  expect(runtimeProblems(FILES.map((f) => `./r/${f}`))).toEqual([]);
});

test('files that a runtime archive lacks are named', () => {
  expect(runtimeProblems(FILES.filter((f) => f !== 'bwrap').map((f) => `r/${f}`))).toEqual(['no bwrap']);
  expect(runtimeProblems(FILES)).toEqual([`${FILES.length} top folders instead of one`]);
  expect(runtimeProblems([])).toEqual(['0 top folders instead of one']);
});

test('the version of a wheel is read from its file name, and other files are no wheels of boxlite', () => {
  expect(wheelVersion('boxlite-0.10.8-cp310-abi3-manylinux_2_28_x86_64.whl')).toBe('0.10.8');
  expect(wheelVersion('boxlite-0.10.8.tar.gz')).toBeNull();
  expect(wheelVersion('boxlite_extra-1.0.0-py3-none-any.whl')).toBeNull();
});
