import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLedger, readLedger } from '../../../bin/diff/ledger.ts';
import { environment, program } from '../../report/fixtures/records.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bc-ledger-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const head = { label: 'lab@0.10.0', environment, warnings: ['w'], surfaces: ['rest'] } as const;
const entry = (name: string, is: 'passed' | 'interrupted' = 'passed') => ({
  name,
  program,
  run: { steps: [], ending: { is }, cutShort: 0 },
});

test('what a side has seen can be read again, whether it was complete or not', async () => {
  expect(await readLedger(dir, 1)).toBeNull();
  const ledger = await openLedger(dir, 1, head);
  await ledger.add(entry('p1'));
  expect(await readLedger(dir, 1)).toMatchObject({ ...head, complete: false });
  await ledger.close();
  const back = await readLedger(dir, 1);
  expect(back?.complete).toBe(true);
  expect([...(back?.entries ?? [])]).toEqual([['p1', entry('p1')]]);
  expect(await readLedger(dir, 2)).toBeNull();
});

test('a line that was cut off costs itself and nothing else', async () => {
  await (await openLedger(dir, 2, head)).add(entry('p1'));
  const [file = ''] = await readdir(dir);
  await appendFile(join(dir, file), '{"is":"program","name":"to');
  await (await openLedger(dir, 2, head)).add(entry('p2'));
  expect([...((await readLedger(dir, 2))?.entries.keys() ?? [])]).toEqual(['p1', 'p2']);
  expect((await readFile(join(dir, file), 'utf8')).match(/"is":"side"/gu)).toHaveLength(1);
});

test('what was not judged is run again', async () => {
  const ledger = await openLedger(dir, 1, head);
  await ledger.add(entry('p1', 'interrupted'));
  expect((await openLedger(dir, 1, head)).entries.size).toBe(0);
});

test('a file that is none of ours is named', async () => {
  await writeFile(join(dir, 'observed-1-x.jsonl'), '{"is":"side","format":2}\n');
  await expect(readLedger(dir, 1)).rejects.toThrow(/observed-1-x\.jsonl: first line/u);
});
