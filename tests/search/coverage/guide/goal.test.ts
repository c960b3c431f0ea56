import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goalOfText, goalsOf, goalText, keyText, pairTexts } from '../../../../search/coverage/guide/goal.ts';

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

describe('the key of a step', () => {
  it('is a line of text from which its goals are read', () => {
    const key = keyText({ op: 'inspect', via: 'url', on: 'box1' }, 'job/running', 'shown');
    expect(key).toBe('inspect | url | job/running | shown');
    expect(goalsOf(key).map(goalText)).toEqual(['inspect | url | job/running | allowed']);
  });

  it('may have the separator in its label, or lack parts where it is from elsewhere', () => {
    expect(goalsOf('a | b | c | refused:d | e').map(goalText)).toEqual(['a | b | c | refused']);
    expect(goalsOf('run')).toEqual([{ op: 'run', via: '', situation: '', answer: 'allowed' }]);
  });
});
