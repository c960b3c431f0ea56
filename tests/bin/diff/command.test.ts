import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
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
    });
    expect(record.about).toBe('reference BoxLite 0.11.0 | reference+stop-code-zero BoxLite 0.11.0, seed 5');
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
    expect((await readdir(record.place)).sort()).toEqual(['diff.json', 'programs']);
  },
  LIMIT_MS,
);

test(
  'the same runtime twice agrees in all steps',
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
      /diff: no open disagreement \[reference#1 BoxLite 0\.11\.0 \| reference#2 BoxLite 0\.11\.0, seed 5\]/u,
    );
    expect(code).toBe(0);
  },
  LIMIT_MS,
);

test(
  'a target that cannot run is no agreement: exit 3',
  async () => {
    const { code, err } = await run('d', '--targets', `reference,host@${process.execPath}`, file);
    expect({ code, err: err.trim().split('\n') }).toMatchObject({ code: 3, err: [expect.any(String)] });
  },
  LIMIT_MS,
);
