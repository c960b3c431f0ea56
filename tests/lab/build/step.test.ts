import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { digestOf, isFresh, readStamp, runStep, type Step, stampOf } from '../../../lab/build/step.ts';

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

test('an output without a stamp, or with a torn one, is made again', async () => {
  await mkdir(join(dir, 'below'));
  writeFileSync(join(dir, 'below/thing'), 'by hand');
  const step = stepOf('1', []);
  expect([await isFresh(step), await readStamp(step.output)]).toEqual([false, null]);
  expect(await runStep(step, quiet)).toBe('built');
  expect(await isFresh(step)).toBe(true);
  writeFileSync(`${step.output}.stamp`, stampOf({ version: '1' }).slice(0, 20));
  expect([await isFresh(step), await readStamp(step.output)]).toEqual([false, null]);
});

test('what the making of an output found out stands in its stamp and is no part of the digest', async () => {
  const step = stepOf('1', [], {
    make: async (temp, made) => {
      await writeFile(temp, '');
      made.runtime = '0.10.8';
    },
  });
  await runStep(step, quiet);
  expect(await readStamp(step.output)).toEqual({
    digest: stampOf({ version: '1' }),
    facts: { version: '1', runtime: '0.10.8' },
  });
});

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

test('the digest of files is of content, not of names', async () => {
  writeFileSync(join(dir, 'a'), 'x');
  writeFileSync(join(dir, 'b'), 'x');
  writeFileSync(join(dir, 'c'), 'y');
  expect(await digestOf(join(dir, 'a'))).toBe(await digestOf(join(dir, 'b')));
  expect(await digestOf(join(dir, 'a'))).not.toBe(await digestOf(join(dir, 'c')));
});
