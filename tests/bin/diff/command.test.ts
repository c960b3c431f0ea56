import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DiffRecord } from '../../../report/diff/record.ts';
import { boxcheck } from '../spawn.ts';

const LIMIT_MS = 90_000;
const steps = [
  { op: 'run', via: 'rest', as: 'box1', name: 'alpha', main: { do: 'hold', out: '' } },
  { op: 'stop', via: 'rest', on: ['box1'] },
  { op: 'inspect', via: 'rest', on: 'box1' },
  { op: 'rm', via: 'url', on: ['?nobody'], force: true },
];

let dir: string;
let file: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bc-diff-'));
  file = join(dir, 'stop.json');
  await writeFile(file, JSON.stringify({ format: 1, contract: '0.10.7', steps }));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

type Told = DiffRecord & { place: string };
const run = (out: string, ...args: string[]) =>
  boxcheck(['diff', ...args, '--out', join(dir, out), '--seed', '5', '--times', '2']);
const parsed = (out: string): Told => JSON.parse(out) as Told;

test(
  'a seeded defect of one side is found, named, kept as a program, and comes with its rate',
  async () => {
    const { code, out, err } = await run(
      'a',
      '--targets',
      'reference,reference+stop-code-zero',
      file,
      '--json',
    );
    expect({ code, err }).toMatchObject({ code: 1 });
    const record = parsed(out);
    const [group] = record.groups;
    expect(group).toMatchObject({
      class: 'contradiction',
      op: 'stop',
      via: 'rest',
      situation: 'job/running',
      what: expect.stringMatching(/^reference fits \(stopped\) \/ reference\+stop-code-zero done code=0/u),
      rate: { same: 2, runs: 2 },
      about: 'reference BoxLite 0.10.7 | reference+stop-code-zero BoxLite 0.10.7, seed 5',
    });
    expect(record.groups).toHaveLength(1);
    const example = await boxcheck([
      'repro',
      join(record.place, group?.file ?? ''),
      '--defect',
      'stop-code-zero',
      '--out',
      dir,
    ]);
    expect(example.code).toBe(1);
    expect((await readdir(record.place)).sort()).toEqual([
      'diff.json',
      'differences.jsonl',
      'observed-1-reference.jsonl',
      'observed-2-reference-stop-code-zero.jsonl',
      'programs',
      'settings.json',
    ]);
  },
  LIMIT_MS,
);

test(
  'the same runtime twice agrees in all steps; a finished diff can be told again without running anything',
  async () => {
    const { code, out } = await run(
      'b',
      '--targets',
      'reference,reference',
      file,
      '--programs',
      '1',
      '--max-steps',
      '4',
    );
    expect(out).toMatch(/2 of 2 programs compared/u);
    expect(out).toMatch(
      /diff: no open disagreement \[reference#1 BoxLite 0\.10\.7 \| reference#2 BoxLite 0\.10\.7, seed 5\]/u,
    );
    expect(code).toBe(0);
    const [name = ''] = await readdir(join(dir, 'b', 'runs'));
    const again = await boxcheck(['diff', '--resume', join(dir, 'b', 'runs', name), '--json']);
    expect(again.err).not.toMatch(/testing/u);
    expect(parsed(again.out)).toMatchObject({ totals: { compared: 2 }, notCompared: [] });
  },
  LIMIT_MS,
);

test(
  'a run that was killed goes on: only what is missing is run',
  async () => {
    const whole = parsed((await run('c', '--targets', 'reference,reference', file, '--json')).out);
    const second = join(whole.place, 'observed-2-reference-2.jsonl');
    await writeFile(second, `${(await readFile(second, 'utf8')).split('\n')[0]}\n{"is":"prog`);
    const rest = await boxcheck(['diff', '--resume', whole.place, '--json']);
    expect(rest.err.match(/testing reference/gu)).toHaveLength(1);
    expect(parsed(rest.out).totals).toEqual(whole.totals);
    expect(rest.code).toBe(0);
  },
  LIMIT_MS,
);

test(
  'a target that cannot run is no agreement: exit 3, and what the first side answered is kept',
  async () => {
    const { code, out, err } = await run('d', '--targets', `reference,host@${process.execPath}`, file);
    expect({ code, err: err.trim().split('\n') }).toMatchObject({ code: 3, err: [expect.any(String)] });
    const [, kept = ''] = /go on with: boxcheck diff --resume (\S+)/u.exec(out) ?? [];
    expect(await readFile(join(kept, 'observed-1-reference.jsonl'), 'utf8')).toContain('"is":"complete"');
  },
  LIMIT_MS,
);
