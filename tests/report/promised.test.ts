import { describe, expect, it } from 'vitest';
import type { Failure } from '../../program/failure.ts';
import { expected, issueTitle, promised } from '../../report/counterexample/issue.ts';
import { failure, program } from './fixtures/records.ts';

const leak: Failure = {
  kind: 'oracle',
  oracle: 'leak',
  at: 2,
  step: null,
  detail: 'left behind: process a\nleft behind: process b',
  situation: 'after',
};
const views: Failure = { ...leak, oracle: 'views-disagree', detail: 'box1 is stopped' };
const refusal: Failure = {
  kind: 'unexpected',
  at: 0,
  step: { op: 'rm', via: 'cli', on: ['box1'], force: false },
  allowed: [{ label: 'still-running', expect: { is: 'refused', reason: 'still-running' } }],
  seen: { is: 'done' },
  differences: ['done instead of a refusal (still-running)'],
  situation: 'sandbox/running',
};

describe('the title of an issue draft', () => {
  it('is the call and what is wrong with its answer', () => {
    expect(issueTitle(failure, program)).toBe('boxlite exec: stdout is empty');
  });

  it('says when an invariant was looked at', () => {
    expect(issueTitle(leak, program)).toBe('After every box was removed: left behind: process a');
    expect(issueTitle(views, program)).toBe('After the last step: box1 is stopped');
  });

  it('does without the words of the model and stays short', () => {
    expect(issueTitle({ ...refusal, at: 1 }, program)).toBe('boxlite exec: done instead of a refusal');
    expect(issueTitle({ ...leak, detail: 'x'.repeat(500) }, program).length).toBeLessThan(160);
  });
});

describe('what was promised', () => {
  it.each([
    failure,
    leak,
    views,
    refusal,
  ])('is a sentence with its public source, and no number of ours', (broken) => {
    expect(promised(broken)).toMatch(/^- [^\n]+\.\n {2}Source: [^\n]+\./u);
    expect(promised(broken) + expected(broken)).not.toMatch(/\bcontract \d/u);
  });

  it('is followed by the answers that would have been right', () => {
    expect(expected(failure)).toContain('should have been answered by:\n- ended with 3; stdout exactly');
    expect(expected(refusal)).toContain('- refused with exit 1, stderr with "cannot remove box" and');
    expect(expected(refusal)).toContain('a job was given a command of its own');
  });
});
