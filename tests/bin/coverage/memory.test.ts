import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { coverageFile, recallCoverage } from '../../../bin/coverage/memory.ts';

const key = 'exec cli job/running ran';
const other = 'exec rest job/running ran';

let out: string;
let file: string;
beforeEach(async () => {
  out = await mkdtemp(join(tmpdir(), 'bc-memory-'));
  file = coverageFile(out, { target: 'lab', version: 'boxlite 0.10.7' });
  await mkdir(dirname(file));
});
afterEach(() => rm(out, { recursive: true, force: true }));

const kept = async () => (await recallCoverage(file)).table.keys;

test('what one night covered is known to the next, per target and version', async () => {
  const memory = await recallCoverage(file);
  expect(memory).toMatchObject({ setAside: null, table: { keys: new Map() } });
  memory.table.add(key, 3);
  await memory.remember();
  await memory.remember();
  expect((await kept()).get(key)).toBe(3);
  const elsewhere = coverageFile(out, { target: 'lab', version: 'boxlite 0.10.0' });
  expect((await recallCoverage(elsewhere)).table.keys.size).toBe(0);
});

test('what programs used is known to the next night as well, and two at once add up', async () => {
  const runs = await Promise.all([1, 2].map(() => recallCoverage(file)));
  for (const { table, remember } of runs) {
    table.use('op: exec', 2);
    await remember();
    await remember();
  }
  const { table } = await recallCoverage(file);
  expect(Object.fromEntries(table.uses)).toEqual({ 'op: exec': 4 });
});

test('two runs at once lose nothing of what they have covered', async () => {
  const first = await recallCoverage(file);
  first.table.add(key, 1);
  await first.remember();
  const runs = await Promise.all(Array.from({ length: 5 }, () => recallCoverage(file)));
  for (const { table } of [first, ...runs]) {
    table.add(key, 2);
    table.add(other, 1);
  }
  await Promise.all([first, ...runs].map(({ remember }) => remember()));
  expect(Object.fromEntries(await kept())).toEqual({ [key]: 13, [other]: 6 });
});

test.each([
  ['broken', '{"format":3,"keys":{"exec'],
  ['of an unknown format', '{"format":99,"keys":{}}'],
])('a file that is %s is set aside and said, and the night goes on', async (_, text) => {
  await writeFile(file, text);
  const memory = await recallCoverage(file);
  expect(memory.setAside).toMatch(/kept is not known: .*lab-boxlite-0\.10\.7\.json.*; set aside as /u);
  const [aside = ''] = await readdir(dirname(file));
  expect(await readFile(join(dirname(file), aside), 'utf8')).toBe(text);
  memory.table.add(key, 1);
  // What another run breaks meanwhile does not lose ours.
  await writeFile(file, text);
  await memory.remember();
  expect((await kept()).get(key)).toBe(1);
});

test('a run that was killed while it wrote does not keep the others from it', async () => {
  const memory = await recallCoverage(file);
  memory.table.add(key, 1);
  await writeFile(`${file}.lock`, '');
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(`${file}.lock`, longAgo, longAgo);
  await memory.remember();
  expect((await kept()).get(key)).toBe(1);
});
