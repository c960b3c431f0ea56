import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DiffRecord } from '../../../report/diff/record.ts';

const entry = fileURLToPath(new URL('../../../bin/boxcheck.ts', import.meta.url));

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bc-diff-int-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

test('Ctrl-C on the first side: exit 130, the second is not opened, the report is written', async () => {
  const args = ['diff', '--targets', 'reference,reference', '--for', '5m', '--max-steps', '3', '--out', dir];
  const child = execa(process.execPath, [entry, ...args], { reject: false, timeout: 50_000 });
  let said = '';
  for await (const line of child) {
    said += `${line}\n`;
    if (line.startsWith('[1] reference#1')) child.kill('SIGINT');
  }
  const { exitCode } = await child;
  expect({ exitCode, said }).toMatchObject({ exitCode: 130 });
  expect(said.match(/testing reference/gu)).toHaveLength(1);
  expect(said).toMatch(
    /diff: INTERRUPTED, 0 kinds of open disagreement so far \[reference#1 BoxLite .* \| reference#2, seed/u,
  );
  const [run = ''] = await readdir(join(dir, 'runs'));
  const record = JSON.parse(await readFile(join(dir, 'runs', run, 'diff.json'), 'utf8')) as DiffRecord;
  expect(record).toMatchObject({
    ended: 'interrupted',
    totals: { compared: 0 },
    sides: [{ label: 'reference#1' }, { programs: 0 }],
  });
  expect(record.sides[0].programs).toBeGreaterThan(0);
}, 60_000);
