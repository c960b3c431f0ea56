import { expect, test } from 'vitest';
import type { Observation } from '../../../domain/observation.ts';
import type { History } from '../../../program/history.ts';
import type { Step } from '../../../program/step.ts';
import { eventOf, historyOf } from './arbitrary.ts';
import { look } from './compared.ts';

const id = 'AbCdEfGhIjKl';
const create: Step = { op: 'create', via: 'rest', as: 'box1' };
const start: Step = { op: 'start', via: 'rest', on: ['box1'] };
const told: Observation = { is: 'done', id };
const box: Observation = { is: 'box', box: { id, name: 'n', status: 'stopped' } };

/** The value and rank of one respect of one step. */
const field = (run: History, at: number, name: string) =>
  look(run).steps[at]?.fields.find((one) => one.name === name);

test('steps go by their number, looks at the boxes by the step they come after and their surface', () => {
  const list = (via: 'cli' | 'rest'): Step => ({ op: 'list', via, all: true });
  const looked = (index: number, via: 'cli' | 'rest') =>
    eventOf(index, { is: 'boxes', boxes: [] }, { step: list(via) });
  const events = [
    eventOf(0, told, { step: create }),
    looked(0, 'cli'),
    looked(0, 'rest'),
    eventOf(1, box),
    looked(2, 'rest'),
  ];
  const run = historyOf(events);
  const program = { ...run.program, steps: [create, start] };
  expect(look({ ...run, program }).steps.map(({ key }) => key)).toEqual([
    '0 own',
    '0 look cli',
    '0 look rest',
    '1 own',
    '2 look rest',
    'end',
  ]);
});

test('the outcome that fitted, not the first one, says what the contract leaves open', () => {
  const inStates = (label: string, ...states: string[]) => {
    const open = states.map((status) => ({ status, code: 'any' as const }));
    return { label, expect: { is: 'box' as const, box: { handle: 'box1', name: 'n', states: open } } };
  };
  const allowed = [inStates('firm', 'stopped'), inStates('open', 'stopped', 'running')];
  const run = (matched: string) => historyOf([eventOf(0, box, { allowed, matched })]);
  expect(field(run('firm'), 0, 'status')?.rank).toBe('firm');
  expect(field(run('open'), 0, 'status')?.rank).toBe('free');
});

test('what was predicted is kept as a few characters, which differ where it differs', () => {
  const predicted = (labels: number) => {
    const allowed = Array.from({ length: labels }, (_, i) => ({
      label: `outcome ${i}`,
      expect: { is: 'made' as const },
    }));
    return look(historyOf([eventOf(0, told, { allowed })])).steps[0]?.predicted;
  };
  expect(predicted(500)).toHaveLength(16);
  expect(predicted(500)).not.toBe(predicted(499));
});
