import { describe, expect, it } from 'vitest';
import type { Observation } from '../../../domain/observation.ts';
import type { Failure } from '../../../program/failure.ts';
import type { Step } from '../../../program/step.ts';
import { variantOf } from '../../../verdict/known.ts';
import { entry } from './entry.ts';

const identity = { target: 'lab', version: 'boxlite 0.10.7' } as const;
const exec: Step = { op: 'exec', via: 'cli', on: 'box1', work: { do: 'missing' } };
const broken: Observation = { is: 'broken', how: '5xx', text: 'no', status: 500 };
const ended = { is: 'ended', out: 'r\n' } as const;
const failing = (step: Step, seen: Observation): Failure => ({
  kind: 'unexpected',
  at: 0,
  step,
  allowed: [],
  seen,
  differences: [],
  situation: 'job/running',
});

describe('a finding is a variant of a known divergence', () => {
  it('where the same operation gets the same answer on another surface or in another situation', () => {
    const known = [entry({ id: 'other', op: 'start' }), entry({ situation: ['job/stopped'] })];
    expect(variantOf(known, failing(exec, broken), identity)?.id).toBe('exec-missing-500');
  });

  it.each<[string, Record<string, unknown>, Observation]>([
    ['another operation', { op: 'start' }, broken],
    ['another answer', {}, { ...broken, status: 503 }],
    ['a version it is not known of', { versions: '>=0.11.0' }, broken],
    ['another target', { targets: ['external'] }, broken],
    ['known of whatever operation', { op: undefined, where: { emptyName: true } }, broken],
    ['known by the kind of the answer alone', { seen: { is: 'done' } }, { is: 'done' }],
    ['known by an output', { seen: ended }, { ...ended, code: 0, err: '' }],
    ['known by words in one of its cases only', { seen: { oneOf: [broken, ended] } }, broken],
  ])('but not: %s', (_what, changes, seen) => {
    expect(variantOf([entry(changes)], failing(exec, seen), identity)).toBeNull();
  });

  it('but not where it is a mark that no longer shows', () => {
    const stale: Failure = { kind: 'stale-mark', id: 'a', at: 0, step: exec, situation: 's', detail: 'd' };
    expect(variantOf([entry()], stale, identity)).toBeNull();
  });
});
