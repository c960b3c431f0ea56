import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  checkCounterexamples,
  defaultSeedsFile,
  programFiles,
  readSeeds,
} from '../../../bin/corpus/corpus.ts';
import { marksThatCount } from '../../../bin/options/choose.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bc-corpus-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const seedsFile = async (text: string): Promise<string> => {
  await writeFile(join(dir, 's.json'), text);
  return join(dir, 's.json');
};

test('a target may take fewer seeds and shorter programs', async () => {
  const file = await seedsFile(
    '{"format":1,"maxSteps":30,"seeds":[1,2,3],"targets":{"lab":{"count":2,"maxSteps":9}}}',
  );
  expect(await readSeeds(file, 'lab')).toEqual({ seeds: [1, 2], maxSteps: 9 });
  expect(await readSeeds(file, 'host')).toEqual({ seeds: [1, 2, 3], maxSteps: 30 });
});

test.each([
  ['{"format":1,"maxSteps":30,"seeds":["x"]}', /s\.json: seeds\.0/u],
  ['{"format":2,"maxSteps":30,"seeds":[]}', /s\.json: format/u],
  ['{"format":1,"maxSteps":30,"seeds":[],"extra":1}', /extra/u],
  ['{', /not JSON/u],
])('%s is an error that names file and field', async (text, message) => {
  await expect(readSeeds(await seedsFile(text), 'lab')).rejects.toThrow(message);
});

test('a missing folder holds no programs', async () => {
  expect(await programFiles('found', dir)).toEqual([]);
});

test("the suite's own seeds can be read for every target", async () => {
  for (const target of ['reference', 'lab', 'host', 'external'] as const) {
    expect((await readSeeds(defaultSeedsFile, target)).seeds.length).toBeGreaterThan(0);
  }
});

test('a mark whose counterexample is missing is an error that names both files', async () => {
  const [mark] = await marksThatCount({});
  if (!mark) throw new Error('the corpus must have a mark');
  const lost = { ...mark, id: 'a', found: { ...mark.found, program: 'corpus/found/lost.json' } };
  expect(() => checkCounterexamples([mark, lost])).toThrow(
    'corpus/known/a.json: found.program: corpus/found/lost.json is missing',
  );
});
