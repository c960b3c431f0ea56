import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { add, prune } from '../../../bin/corpus/corpus.ts';
import { readProgramFile } from '../../../bin/options/program-file.ts';

let root: string;
let said: string;
beforeEach(async () => {
  said = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
  root = await mkdtemp(join(tmpdir(), 'bc-corpus-'));
  for (const folder of ['pinned', 'found', 'known']) await mkdir(join(root, folder));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(root, { recursive: true, force: true });
});

const program = (steps: object[]) => JSON.stringify({ format: 1, contract: '0.10.7', seed: 7, steps });
const list = { op: 'list', via: 'cli', all: true };

async function folder(steps: object[]): Promise<string> {
  const dir = join(root, 'a-finding');
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, 'program.json'), program(steps));
  return dir;
}

test('a counterexample folder is taken up as one file', async () => {
  const file = join(root, 'found', 'list-lies.json');
  await add(await folder([list]), { name: 'list-lies' }, root);
  expect(said).toContain(`${file}: it is run first from now on`);
  expect(await readProgramFile(file)).toMatchObject({ seed: 7, steps: [list], note: 'From a-finding' });
});

test('neither a name twice nor the same steps twice', async () => {
  const dir = await folder([list]);
  await add(dir, { name: 'list-lies' }, root);
  await expect(add(dir, { name: 'list-lies' }, root)).rejects.toThrow(/exists already/u);
  await expect(add(dir, { name: 'again' }, root)).rejects.toThrow(/same steps.*list-lies/u);
  await expect(add(dir, { name: 'No Name' }, root)).rejects.toThrow(/--name/u);
  await expect(add(join(root, 'nothing'), { name: 'x' }, root)).rejects.toThrow(/no such file/u);
});

test('prune deletes the second of two with the same steps, and nothing else', async () => {
  await writeFile(join(root, 'found', 'a.json'), program([list]));
  await writeFile(join(root, 'found', 'b.json'), program([{ all: true, via: 'cli', op: 'list' }]));
  await writeFile(join(root, 'found', 'c.json'), program([{ ...list, all: false }]));
  await prune({ dryRun: true }, root);
  expect(said.trim()).toBe(
    `spare: ${join(root, 'found', 'b.json')}: same steps as ${join(root, 'found', 'a.json')}`,
  );
  await prune({ dryRun: false }, root);
  expect((await readdir(join(root, 'found'))).sort()).toEqual(['a.json', 'c.json']);
  await prune({ dryRun: false }, root);
  expect(said).toMatch(/nothing is spare\n$/u);
});

test('a program without a step is not taken up: no run could judge it', async () => {
  const dir = await folder([]);
  await expect(add(dir, { name: 'nothing' }, root)).rejects.toThrow(/steps: has none; one step/u);
  expect(await readdir(join(root, 'found'))).toEqual([]);
});
