import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';

const part = readFileSync(
  fileURLToPath(new URL('../../../report/shell/parts/allowed.sh', import.meta.url)),
  'utf8',
);
const seeList = /^see_list\(\) \{.*?^\}$/msu.exec(part)?.[0] ?? '';
const dir = mkdtempSync(join(tmpdir(), 'bc-list-'));
afterAll(() => rmSync(dir, { recursive: true }));

function linesOf(json: string): string[] {
  writeFileSync(join(dir, 'out'), json);
  execFileSync('sh', ['-c', `T='${dir}'\n${seeList}\nsee_list`]);
  return readFileSync(join(dir, 'list'), 'utf8').split('\n').filter(Boolean);
}

const box = fc.record({
  id: fc.stringMatching(/^[0-9A-Za-z]{12}$/u),
  status: fc.constantFrom('Running', 'Stopped', 'configured', 'failed'),
  name: fc.oneof(fc.string(), fc.constantFrom('"', '\\', '},{', '"status":"x"', '\\"ID\\"', 'ü', ':')),
  labels: fc.dictionary(fc.string(), fc.string(), { maxKeys: 2 }),
});

test('tells each box of a list, the CLI’s and the server’s, whatever names and labels say', () => {
  fc.assert(
    fc.property(fc.array(box, { maxLength: 4 }), fc.boolean(), (boxes, pretty) => {
      const space = pretty ? 2 : 0;
      const wanted = boxes.map(({ id, status }) => `${id} ${status.toLowerCase()}`);
      const cli = boxes.map(({ id, status, name, labels }) => ({
        ID: id,
        Names: name,
        Labels: labels,
        Status: status,
        Cpus: 1,
      }));
      const server = boxes.map(({ id, status, name, labels }) => ({
        labels,
        name,
        pid: null,
        status,
        box_id: id,
      }));
      expect(linesOf(JSON.stringify(cli, null, space))).toEqual(wanted);
      expect(linesOf(JSON.stringify({ boxes: server }, null, space))).toEqual(wanted);
    }),
    { numRuns: 40 },
  );
});

test('tells nothing of what is no list', () => {
  expect(linesOf('{"error":{"code":"internal","message":"no"}}')).toEqual([]);
  expect(linesOf('{"box_id":"abc')).toEqual([]);
  expect(linesOf('')).toEqual([]);
});
