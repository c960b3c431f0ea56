import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { goalOfText, goalsOf, goalText, pairTexts } from '../../../../search/coverage/guide/goal.ts';

const texts = (key: string): string[] => goalsOf(key).map(goalText);

it('is refused by its label', () => {
  expect(texts('exec | cli | job/running | exited')).toEqual(['exec | cli | job/running | allowed']);
  expect(texts('exec | cli | removed | refused:unknown-box')).toEqual(['exec | cli | removed | refused']);
});

it('is one for each situation that a step with several boxes meets', () => {
  expect(texts('rm | cli | job/stopped+removed | batch:removed,refused:unknown-box')).toEqual([
    'rm | cli | job/stopped | allowed',
    'rm | cli | removed | refused',
  ]);
  expect(texts('rm | cli | job/stopped+job/stopped | batch:removed,refused:unknown-box')).toEqual([
    'rm | cli | job/stopped | allowed',
  ]);
});

it('counts as tried either way when the contract did not hold', () => {
  expect(texts('stop | rest | job/failed | known:some-mark')).toEqual([
    'stop | rest | job/failed | allowed',
    'stop | rest | job/failed | refused',
  ]);
});

it('is the same for each of several boxes where one answer is given for all', () => {
  expect(texts('stop | url | job/running+removed | refused:unknown-box')).toEqual([
    'stop | url | job/running | refused',
    'stop | url | removed | refused',
  ]);
});

it('comes back from its text', () => {
  const goal = { op: 'stop', via: 'url', situation: 'job/running', answer: 'refused' } as const;
  expect(goalOfText(goalText(goal))).toEqual(goal);
  expect(goalOfText(goalText({ ...goal, answer: 'allowed' })).answer).toBe('allowed');
  expect(goalOfText('')).toEqual({ op: '', via: '', situation: '', answer: 'allowed' });
  expect(pairTexts(goal)).toEqual([
    'stop | url | * | refused',
    'stop | * | job/running | refused',
    '* | url | job/running | refused',
  ]);
});

it('keeps verb and surface of any key', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('run', 'start', 'attach'),
      fc.constantFrom('cli', 'rest'),
      fc.constantFrom('a', 'a+b', 'job:print+dir'),
      fc.constantFrom('ok', 'refused:x', 'batch:a,refused:b', 'known:k'),
      (op, via, situation, label) => {
        const goals = goalsOf([op, via, situation, label].join(' | '));
        expect(goals.length).toBeGreaterThan(0);
        for (const goal of goals) expect(goal).toMatchObject({ op, via });
      },
    ),
  );
});
