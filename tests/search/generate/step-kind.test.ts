import { describe, expect, it } from 'vitest';
import type { Step } from '../../../program/step.ts';
import { hadNone, kindOf, withKind } from '../../../search/generate/step-kind.ts';
import { predict } from '../../../search/worlds/rules.ts';
import { realRules, toldOf } from '../fixtures/told.ts';

const run: Step = { op: 'run', via: 'rest', as: 'box1', name: 'alpha' };
const stop: Step = { op: 'stop', via: 'rest', on: ['box1'] };
const spawn: Step = { op: 'spawn', via: 'rest', on: 'box1', as: 'exec1', work: { do: 'cat' } };
const attach: Step = { op: 'attach', as: 'att1', exec: 'exec1' };
const read: Step = { op: 'read', attach: 'att1' };

/** The kind of the last step, in the world that the others lead to. */
function kindAfter(...steps: readonly Step[]): string {
  const last = toldOf({ steps: [...steps] }).at(-1);
  if (!last) throw new Error('no step');
  return kindOf(last.before, last.step, predict(realRules, last.before, last.step)?.outcomes[0]);
}

describe('the kind of a step', () => {
  it('is the same for another spelling and surface', () => {
    const other: Step = { op: 'stop', via: 'url', on: ['box1'], by: 'name' };
    expect(kindAfter(run, other)).toBe(kindAfter(run, stop));
  });

  it('is the same for another text that names nothing', () => {
    expect(kindAfter(run, { op: 'wait', exec: '?bogus' })).toBe(
      kindAfter(run, { op: 'wait', exec: '?a/b%20c' }),
    );
  });

  it('is another one where the step does something else', () => {
    expect(kindAfter(run, stop, stop)).not.toBe(kindAfter(run, stop));
  });

  it('is another one for a look at something that has changed, and only then', () => {
    const before = kindAfter(run, spawn, attach, read);
    expect(kindAfter(run, spawn, attach, read, read)).toBe(before);
    expect(kindAfter(run, spawn, attach, { op: 'send', attach: 'att1', data: 'x' }, read)).not.toBe(before);
  });

  it('tells codes of one range alike, other ranges apart', () => {
    const printing = (code: number): string =>
      kindAfter(run, {
        op: 'exec',
        via: 'rest',
        on: 'box1',
        work: { do: 'print', out: '', err: '', code },
      });
    expect(printing(7)).toBe(printing(42));
    expect([printing(127), printing(255)]).toEqual([printing(7), printing(128)]);
    expect(new Set([0, 7, 255].map(printing)).size).toBe(3);
    expect([0, 7, 255].map((code) => printing(code).split(' ').at(-1))).toEqual(['zero', 'small', 'large']);
  });
});

it('tells signals, frames, paths and a missing directory apart', () => {
  const copy = (op: 'copy-in' | 'copy-out', path: string): string => {
    const data = op === 'copy-in' ? { data: 'x' } : {};
    return kindAfter(run, { op, via: 'rest', on: 'box1', path, ...data } as Step);
  };
  for (const op of ['copy-in', 'copy-out'] as const)
    expect(copy(op, '/root/f1')).not.toBe(copy(op, '/root/f2'));
  const signal = (number: 2 | 9) => kindAfter(run, spawn, { op: 'signal', exec: 'exec1', signal: number });
  expect(signal(2)).not.toBe(signal(9));
  const frame: Step = { op: 'control', attach: 'att1', frame: 'bad-json' };
  expect(kindAfter(run, spawn, attach, frame)).toMatch(/ bad-json$/u);
  const work = { do: 'hold', out: '' } as const;
  const exec: Step = {
    op: 'exec',
    via: 'rest',
    on: 'box1',
    work: { do: 'print', out: '', err: '', code: 0 },
  };
  expect(kindAfter(run, { ...exec, badWorkdir: true } as Step)).toMatch(/ print zero!$/u);
  expect(kindAfter(run, exec)).toMatch(/ print zero$/u);
  expect(kindAfter(run, { ...spawn, work } as Step)).toMatch(/ hold$/u);
  expect(kindAfter(run, stop)).toMatch(/ $/u);
});

it('has every kind of a program once', () => {
  const had = [run, stop, stop, stop].reduce((before, step) => withKind(realRules, before, step), hadNone);
  expect(had.kinds.size).toBe(3);
  expect(hadNone.kinds.size).toBe(0);
});
