import { expect, it } from 'vitest';
import { coverageOf } from '../../../bench/coverage/campaign.ts';
import { coverageLosses, coverageRows, legalGoals } from '../../../bench/coverage/part.ts';

const goals = ['stop | cli | job/running | allowed', 'stop | cli | job/stopped | allowed'];

it('takes any two and all three of verb, surface and situation, and no refusals', () => {
  const { pairs, triples } = legalGoals([...goals, 'stop | cli | job/stopped | refused']);
  expect([...pairs].slice(0, 3)).toEqual([
    'stop | cli | * | allowed',
    'stop | * | job/running | allowed',
    '* | cli | job/running | allowed',
  ]);
  expect([...triples]).toEqual(goals);
  expect(pairs.size).toBe(5);
});

it('runs a campaign on the model until the simulated minutes are over', async () => {
  const { commands, boots, goals } = await coverageOf({ seed: 3, minutes: 1, guided: 0 });
  expect(goals.length).toBeGreaterThan(20);
  expect(boots * 2 + commands * 0.4).toBeGreaterThanOrEqual(60);
});

it('means over seeds what each share of guided programs covers, and only of goals that there are', () => {
  const result = { minutes: 10, programs: 1, commands: 20, boots: 2 };
  const results = [
    { ...result, guided: 0, seed: 1, goals: [] },
    { ...result, guided: 1, seed: 1, goals: [...goals, 'stop | cli | nowhere | allowed'] },
    { ...result, guided: 1, seed: 2, goals: goals.slice(1) },
  ];
  const rows = coverageRows(results, goals);
  expect(rows.map(({ drawing }) => drawing)).toEqual(['--guided 1', '--guided 0']);
  expect(rows[0]).toMatchObject({ pairs: 0.8, triples: 0.75 });
  expect(coverageLosses(rows)).toEqual([
    'coverage: 80 % of pairs in 10 min, target 100 %',
    'coverage: 75 % of triples in 10 min, target 80 %',
  ]);
});
