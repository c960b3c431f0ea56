import { expect, test } from 'vitest';
import type { History } from '../../program/history.ts';
import { unjudgedText } from '../../program/unjudged.ts';
import { program } from '../report/fixtures/records.ts';

const step = program.steps[0] as History['program']['steps'][number];

/** A run of `length` steps, of which those with these numbers, from 1, were judged. */
const run = (length: number, ...judged: number[]): History =>
  ({
    program: { ...program, steps: Array.from({ length }, () => step) },
    events: judged.map((number) => ({ index: number - 1, step })),
    ending: { is: 'passed' },
    cutShort: length - judged.length,
  }) as unknown as History;

test('what a run that passed says nothing of is told by the numbers of its steps', () => {
  expect(unjudgedText(run(2, 1, 2))).toBeNull();
  expect(unjudgedText(run(3, 2))).toMatch(/^2 of 3 steps were not judged \(1, 3\): /u);
  expect(unjudgedText(run(20, 1))).toMatch(/\(2, 3, 4, 5, 6, 7, 8, 9, …\): /u);
  expect(unjudgedText(run(3))).toMatch(/^no step was judged: /u);
  expect(unjudgedText(run(0))).toMatch(/no steps/u);
  expect(unjudgedText({ ...run(3, 1, 2), cutBy: 'too long' })).toBe(
    '1 of 3 steps were not judged (3): too long',
  );
});
