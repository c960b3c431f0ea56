import { expect, it } from 'vitest';
import { openPool } from '../../quality/pool.ts';
import type { Answer } from '../../quality/work.ts';

const settings = { budget: { programs: 1, shrinkRuns: 0, shrinkSeconds: 1 }, deadlineFactor: 1 };

it('shares tasks between its workers, and ends them', async () => {
  const pool = openPool(2, settings, () => {});
  const answers: Answer[] = [];
  try {
    const tasks = [1, 2, 3].map((seed) => ({ do: 'scout', seed, from: 0, to: 0 }) as const);
    await pool.all(tasks, async (answer) => void answers.push(answer));
  } finally {
    await pool.close();
  }
  expect(answers).toEqual([1, 2, 3].map(() => ({ is: 'scouted', programs: [] })));
  await expect(pool.all([{ do: 'scout', seed: 1, from: 0, to: 0 }], async () => {})).rejects.toThrow(
    'quality/worker.ts ended with 0',
  );
}, 120_000);
