import { expect, test } from 'vitest';
import { newTally } from '../../../search/campaign/tally.ts';
import { history } from '../../report/fixtures/records.ts';

test('programs count once, effort always; the unexpected answer is covered as such', () => {
  const tally = newTally();
  tally.add({ ...history, known: { k1: 1 }, missed: { k1: 2 } });
  tally.addEffort(history);
  tally.add({ ...history, ending: { is: 'infrastructure', why: 'lost' } });
  tally.add({ ...history, ending: { is: 'interrupted' } });
  expect(tally.totals()).toMatchObject({
    programs: 1,
    failed: 1,
    passed: 0,
    infrastructure: 1,
    steps: 8,
    boxes: 4,
  });
  expect(tally.known()).toEqual([{ id: 'k1', hits: 1, misses: 2 }]);
  expect(tally.coverage().find(({ op }) => op === 'exec')).toMatchObject({
    outcome: 'UNEXPECTED',
    surface: 'cli',
    count: 4,
  });
});

test('a failure that the history does not hold can be told afterwards', () => {
  const tally = newTally();
  tally.add({ ...history, ending: { is: 'passed' } });
  tally.amend('passed', 'failed');
  expect(tally.totals()).toMatchObject({ passed: 0, failed: 1, programs: 1 });
});

test('the time of every run goes to what it was for, and to what its steps were', () => {
  const tally = newTally();
  const [event] = history.events;
  if (!event) throw new Error('the history has no event');
  const step = { op: 'run', via: 'rest', as: 'box1' } as const;
  const look = { op: 'inspect', via: 'rest', on: 'box1' } as const;
  const events = [
    { ...event, step, matched: 'made', runtimeMs: 30 },
    { ...event, step: look, matched: 'shown', runtimeMs: 20, pollsMs: 15 },
    { ...event, step: look, matched: 'known:k1', runtimeMs: 10 },
  ];
  const one = { ...history, events, totalMs: 100 };
  tally.add(one);
  tally.add(one, true);
  for (const what of ['rerun', 'shrink', 'shrink', 'broken'] as const) tally.addEffort(one, what);
  expect(tally.spent()).toEqual({
    ...{ programsMs: 100, corpusMs: 100, rerunsMs: 100, shrinkingMs: 200, repairsMs: 100 },
    ...{ bootsMs: 180, commandsMs: 30, pollsMs: 90, knownMs: 60 },
  });
});
