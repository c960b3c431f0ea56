import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runStep, type Step } from '../../../lab/build/step.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'bc-step-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const quiet = () => {};

/** A step that writes its version; `made` counts how often. */
function stepOf(version: string, made: string[], extra: Partial<Step> = {}): Step {
  return {
    name: 'thing',
    output: join(dir, 'below', 'thing'),
    inputs: { version },
    make: async (temp) => {
      made.push(version);
      await writeFile(temp, version);
    },
    ...extra,
  };
}

test('an output is made once for the same inputs, and again for others', async () => {
  const made: string[] = [];
  expect(await runStep(stepOf('1', made), quiet)).toBe('built');
  expect(await runStep(stepOf('1', made), quiet)).toBe('fresh');
  expect(await runStep(stepOf('2', made), quiet)).toBe('built');
  expect(made).toEqual(['1', '2']);
  expect(readFileSync(join(dir, 'below/thing'), 'utf8')).toBe('2');
});

test('a step that fails leaves the old output, its stamp, and no part', async () => {
  await runStep(stepOf('1', []), quiet);
  const broken = stepOf('2', [], {
    make: async (temp) => {
      await mkdir(temp);
      throw new Error('disk full');
    },
  });
  await expect(runStep(broken, quiet)).rejects.toThrow('disk full');
  expect(readdirSync(join(dir, 'below')).sort()).toEqual(['thing', 'thing.stamp']);
  expect(await runStep(stepOf('1', []), quiet)).toBe('fresh');
});

test('parts of a build that was killed are removed', async () => {
  await mkdir(join(dir, 'below/thing.part-1'), { recursive: true });
  writeFileSync(join(dir, 'below/thing.part-1/x'), '');
  await runStep(stepOf('1', []), quiet);
  expect(existsSync(join(dir, 'below/thing.part-1'))).toBe(false);
});

test('an output without a stamp is adopted only when the step says so', async () => {
  await mkdir(join(dir, 'below'));
  writeFileSync(join(dir, 'below/thing'), 'by hand');
  const made: string[] = [];
  expect(await runStep(stepOf('1', made, { adopt: async () => true }), quiet)).toBe('adopted');
  expect(await runStep(stepOf('1', made), quiet)).toBe('fresh');
  rmSync(join(dir, 'below/thing.stamp'));
  expect(await runStep(stepOf('1', made, { adopt: async () => false }), quiet)).toBe('built');
  expect(made).toEqual(['1']);
});
