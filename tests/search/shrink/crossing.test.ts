import { describe, expect, it } from 'vitest';
import { rules } from '../../../bench/harness/reference.ts';
import type { Step } from '../../../program/step.ts';
import { jobOf } from '../../../search/shrink/job.ts';
import { crossing } from '../../../search/shrink/merges.ts';
import { brokenAnswer } from '../fixtures/failure.ts';

const work = { do: 'print', out: 'x', err: '', code: 3 } as const;
const nothing = { do: 'print', out: '', err: '', code: 0 } as const;
const cli = { via: 'cli', as: 'box1' } as const;
const rest = { via: 'rest', as: 'box1' } as const;

describe('an exec that fails', () => {
  const crossed = (maker: Step, exec: Step): Step[] | null => {
    return crossing(jobOf(rules, [maker, exec], brokenAnswer(1, exec, '')));
  };
  const exec: Step = { op: 'exec', via: 'url', on: 'box1', work };

  it('is a command of its own box, with its surface and its input', () => {
    expect(crossed({ op: 'run', ...rest, main: nothing, name: 'alpha' }, exec)).toEqual([
      { op: 'foreground', via: 'url', as: 'box1', main: work, name: 'alpha' },
    ]);
    expect(crossed({ op: 'create', ...cli }, { ...exec, stdin: '' } as Step)).toEqual([
      { op: 'foreground', via: 'url', as: 'box1', main: work, stdin: '' },
    ]);
  });

  it('is none where a box of its own cannot have it so, or nothing made the box', () => {
    const run: Step = { op: 'run', ...rest };
    expect(crossed(run, { ...exec, badWorkdir: true } as Step)).toBeNull();
    expect(crossed(run, { ...exec, timeoutS: 1 } as Step)).toBeNull();
    expect(crossed(run, { ...exec, on: '?nobody' } as Step)).toBeNull();
    expect(crossed({ op: 'foreground', ...cli, main: work }, exec)).toBeNull();
    expect(crossed(run, { ...exec, via: 'node-sdk' })).toBeNull();
    expect(crossed({ op: 'create', ...rest, flaw: 'unknown-key' }, exec)).toBeNull();
    expect(crossing(jobOf(rules, [run, exec], null))).toBeNull();
  });
});
