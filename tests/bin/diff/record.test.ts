import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type RanSide, recordOf, writeDiff } from '../../../bin/diff/run.ts';
import { programSchema } from '../../../program/program.ts';
import { type ObservedRun, observe } from '../../../verdict/diff.ts';
import { environment, history, program } from '../../report/fixtures/records.ts';

const programs = new Map(['p1', 'p2', 'p3'].map((name) => [name, program]));
const passed = observe({ ...history, ending: { is: 'passed' } }, ({ is }) => is);
const failed = observe(history, ({ is }) => is);
const broken: ObservedRun = { steps: [], unjudged: 'infrastructure: lost' };
const about = { seed: 5, ended: 'complete', startedAt: new Date() } as const;

const side = (label: string, runs: Record<string, ObservedRun>, endedEarly?: string): RanSide => ({
  side: { label, environment, programs: 0, spoilt: 0, ...(endedEarly && { endedEarly }) },
  seen: new Map(Object.entries(runs).map(([name, run]) => [name, { name, program, run }])),
  warnings: ['w'],
});

test('a record adds up what was compared, and says why the rest was not', () => {
  const ran = [side('a', { p1: passed, p2: broken, p3: passed }), side('b', { p1: failed })] as const;
  expect(recordOf(ran, programs, about)).toMatchObject({
    about: 'a BoxLite 0.10.7 | b BoxLite 0.10.7, seed 5',
    ended: 'complete',
    totals: { programs: 3, compared: 1, steps: 2, agreed: 1, unpaired: 1, differences: { contradiction: 1 } },
    groups: [{ class: 'contradiction', file: 'programs/001-contradiction-exec-cli.json' }],
    notCompared: [
      { program: 'p2', why: 'a: infrastructure: lost' },
      { program: 'p3', why: expect.stringMatching(/^b: not run: no time was left/u) },
    ],
    warnings: ['w'],
  });
});

test('a side that was lost is told, unless the user stopped it', () => {
  const ran = [side('a', {}, 'lost'), side('b', {})] as const;
  expect(recordOf(ran, programs, about).ended).toBe('infrastructure');
  expect(recordOf(ran, programs, { ...about, ended: 'interrupted' }).ended).toBe('interrupted');
});

test('each kind of difference has an example that repro can read', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'bc-diff-'));
  try {
    const record = recordOf([side('a', { p1: passed }), side('b', { p1: failed })], programs, about);
    await writeDiff(dir, record, programs);
    const [file = ''] = await readdir(join(dir, 'programs'));
    const example = programSchema.parse(JSON.parse(await readFile(join(dir, 'programs', file), 'utf8')));
    expect(example.steps).toEqual(program.steps);
    expect(example.note).toMatch(/^contradiction at step 2: .* \[a BoxLite 0\.10\.7 \| b .*, seed 5\]$/u);
    expect(JSON.parse(await readFile(join(dir, 'diff.json'), 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(record)),
    );
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});
