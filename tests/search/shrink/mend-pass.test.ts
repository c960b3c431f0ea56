import { describe, expect, it } from 'vitest';
import { drawProgram } from '../../../bench/harness/draw.ts';
import { rules } from '../../../bench/harness/reference.ts';
import type { Failure } from '../../../program/failure.ts';
import type { Step } from '../../../program/step.ts';
import { answersOf } from '../../../search/shrink/answers.ts';
import { jobOf } from '../../../search/shrink/job.ts';
import { mendPass } from '../../../search/shrink/mend-pass.ts';
import { copyIn, copyOut, exec, hold, list, print, run, settle } from '../../model/fixtures/steps.ts';
import { proposals } from '../fixtures/propose.ts';

/** All that the pass proposes; the model refuses none of it. */
const mended = (steps: readonly Step[], failure: Failure | null = null): Step[][] =>
  proposals(mendPass, jobOf(rules, steps, failure), null, true).map((proposal) => [...proposal.steps]);

describe('a step that is there only so that a later one is answered as it is', () => {
  it('goes when another command needs no waiting for', () => {
    const write = exec({ do: 'write', path: '/root/f1', data: 'x' });
    const steps = [run(print('x')), settle(), write];
    const ops = mended(steps).map((program) => program.map(({ op }) => op).join(' '));
    expect(ops).toContain('run exec');
    const [shorter] = mended(steps).filter((program) => program.every(({ op }) => op !== 'settle'));
    expect(shorter).not.toEqual([steps[0], write]);
  });

  it('goes when a later one can be about something else', () => {
    const steps = [run(), copyIn('/root/f1'), exec(print('x')), copyOut('/root/f1')];
    const without = mended(steps).filter((program) => program.every(({ op }) => op !== 'copy-in'));
    expect(without.length).toBeGreaterThan(0);
    for (const program of without) expect(answersOf(rules, program).at(-1)?.refused).toBe(false);
  });

  it('goes when the failing step can find the box as it did in another way', () => {
    const url = 'url' as const;
    const steps: Step[] = [
      { op: 'create', via: url, as: 'box1' },
      { op: 'copy-in', via: url, on: 'box1', path: '/root/f1', data: 'x' },
      { op: 'restart', via: url, on: ['box1'] },
      { op: 'exec', via: url, on: 'box1', work: { do: 'missing' } },
    ];
    const failure: Failure = {
      kind: 'oracle',
      oracle: 'broken-answer',
      at: 3,
      step: steps[3] as Step,
      detail: '5xx',
      situation: 'sandbox/running',
    };
    const shorter = mended(steps, failure).filter(({ length }) => length === 3);
    // Over REST a copy leaves the box up (contract 4.2).
    expect(shorter.some(([, copied]) => copied?.op === 'copy-in' && copied.via === 'rest')).toBe(true);
  });

  it('stays when nothing later depends on it', () => {
    expect(mended([run(hold), list(true), settle()])).toEqual([]);
  });
});

it('every proposal is one step shorter, and nothing in it is refused that was not, nor the reverse', () => {
  let seen = 0;
  for (let index = 0; index < 40; index++) {
    const { steps } = drawProgram(1, index);
    const before = answersOf(rules, steps).map(({ refused }) => refused);
    for (const program of mended(steps)) {
      seen++;
      const after = answersOf(rules, program).map(({ refused }) => refused);
      expect(after).toHaveLength(steps.length - 1);
      expect(before.some((_, gone) => String(before.toSpliced(gone, 1)) === String(after))).toBe(true);
    }
  }
  expect(seen).toBeGreaterThan(20);
});
