import { expect, it } from 'vitest';
import type { Step } from '../../../program/step.ts';
import { FailureNotes } from '../../../search/shrink/notes.ts';
import { leak } from '../fixtures/failure.ts';

const failure = (detail: string) => leak(1, detail);
const steps = (n: number): Step[] => [{ op: 'inspect', via: 'rest', on: `?${n}` }];

it('knows how steps failed last, however their fields are ordered', () => {
  const notes = new FailureNotes();
  expect(notes.of(steps(1))).toBeNull();
  notes.note(steps(1), failure('a'));
  notes.note(steps(1), failure('b'));
  expect(notes.of([{ on: '?1', via: 'rest', op: 'inspect' }])).toEqual(failure('b'));
  expect(notes.of(steps(2))).toBeNull();
});

it('keeps a thousand, and forgets the oldest first', () => {
  const notes = new FailureNotes();
  for (let n = 0; n < 1001; n++) notes.note(steps(n), failure(String(n)));
  expect(notes.of(steps(0))).toBeNull();
  expect(notes.of(steps(1))).toEqual(failure('1'));
  expect(notes.of(steps(1000))).toEqual(failure('1000'));
});
