import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addToCorpus } from '../../../bin/corpus/add.ts';
import { prune, spareFiles } from '../../../bin/corpus/prune.ts';
import { readProgramFile } from '../../../bin/options/program-file.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'bc-corpus-'));
  for (const folder of ['pinned', 'found', 'known']) await mkdir(join(root, folder));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const program = (steps: object[]) => JSON.stringify({ format: 1, contract: '0.10.7', seed: 7, steps });
const list = { op: 'list', via: 'cli', all: true };

async function folder(steps: object[]): Promise<string> {
  const dir = join(root, 'a-finding');
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, 'program.json'), program(steps));
  return dir;
}

test('a counterexample folder is taken up as one file', async () => {
  const file = await addToCorpus(await folder([list]), 'list-lies', root);
  expect(file).toBe(join(root, 'found', 'list-lies.json'));
  expect(await readProgramFile(file)).toMatchObject({ seed: 7, steps: [list], note: 'From a-finding' });
});

test('neither a name twice nor the same steps twice', async () => {
  const dir = await folder([list]);
  await addToCorpus(dir, 'list-lies', root);
  await expect(addToCorpus(dir, 'list-lies', root)).rejects.toThrow(/exists already/u);
  await expect(addToCorpus(dir, 'again', root)).rejects.toThrow(/same steps.*list-lies/u);
  await expect(addToCorpus(dir, 'No Name', root)).rejects.toThrow(/--name/u);
  await expect(addToCorpus(join(root, 'nothing'), 'x', root)).rejects.toThrow(/no such file/u);
});

test('prune deletes the second of two with the same steps, and nothing else', async () => {
  await writeFile(join(root, 'found', 'a.json'), program([list]));
  await writeFile(join(root, 'found', 'b.json'), program([{ all: true, via: 'cli', op: 'list' }]));
  await writeFile(join(root, 'found', 'c.json'), program([{ ...list, all: false }]));
  expect((await spareFiles(root)).map(({ file }) => file)).toEqual([join(root, 'found', 'b.json')]);
  await prune(root);
  expect((await readdir(join(root, 'found'))).sort()).toEqual(['a.json', 'c.json']);
  expect(await prune(root)).toEqual([]);
});
