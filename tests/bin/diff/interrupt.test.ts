import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';

const entry = fileURLToPath(new URL('../../../bin/boxcheck.ts', import.meta.url));

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bc-diff-int-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

test('Ctrl-C on the first side: exit 130, the second is not opened, what was seen is kept', async () => {
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
  expect(said).toMatch(/INTERRUPTED before reference#2 was opened.*--resume/u);
  const [run = ''] = await readdir(join(dir, 'runs'));
  const kept = await readFile(join(dir, 'runs', run, 'observed-1-reference-1.jsonl'), 'utf8');
  expect(kept).toContain('"is":"program"');
  expect(kept).not.toContain('"is":"complete"');
}, 60_000);
