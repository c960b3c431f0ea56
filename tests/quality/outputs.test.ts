import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import picocolors from 'picocolors';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readScoreboard } from '../../quality/compare.ts';
import { rowOf, type Scoreboard, totalsOf } from '../../quality/summary.ts';
import { boardLines, totalLines } from '../../quality/table.ts';
import { defect, killed, survived } from './trials.ts';

const minimum = { class: 'deterministic', caught: { unexpected: 2 } } as const;
const trials = [killed(1, { programs: 7 }), survived(2)];
const rows = [rowOf(defect, minimum, trials)];
const board: Scoreboard = {
  format: 1,
  target: 'reference <with defects>',
  startedAt: '2026-06-09T00:00:00.000Z',
  seeds: 2,
  programs: 40,
  deadlineFactor: 1,
  complete: true,
  rows,
  totals: totalsOf(rows),
  unreachable: [{ name: 'home-lock-missing', why: 'no two processes & no race' }],
  trials,
};
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'quality-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

it('prints a row as one aligned line', () => {
  const [head = '', line = ''] = boardLines(rows, picocolors.createColors(false));
  expect(line).toMatch(/^stop-code-zero +1\/2 +7\/7\/7 /u);
  expect(line.indexOf('deterministic 1')).toBe(head.indexOf('class'));
});

it('prints totals of something and of nothing', () => {
  expect(totalLines(board.totals).join('\n')).toMatch(/1 of 2 trials.*\n.*7 programs/u);
  expect(totalLines(totalsOf([])).join('\n')).toContain('0 of 0');
});

it('reads a scoreboard again as it was written', async () => {
  await writeFile(join(dir, 'scoreboard.json'), JSON.stringify(board));
  expect((await readScoreboard(join(dir, 'scoreboard.json'))).rows[0]).toMatchObject({
    killed: 1,
    trials: 2,
  });
});

it('refuses what is no scoreboard by its name', async () => {
  await writeFile(join(dir, 'other.json'), '{}');
  await expect(readScoreboard(join(dir, 'other.json'))).rejects.toThrow(
    /other\.json: .*--compare wants a scoreboard/u,
  );
  await expect(readScoreboard(join(dir, 'none.json'))).rejects.toThrow(/none\.json: no such file/u);
});
