import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { emptyWorld, type World } from '../../../model/world.ts';
import type { Step } from '../../../program/step.ts';
import { fits, isPattern } from '../../../verdict/known/observation-pattern.ts';
import { inRange, isVersionRange } from '../../../verdict/known/versions.ts';
import {
  applicable,
  type KnownDivergence,
  knownSchema,
  parseKnownDivergence,
  rateReports,
} from '../../../verdict/known.ts';
import { entry } from './entry.ts';

const numbers = fc.tuple(fc.nat(30), fc.nat(30), fc.nat(30));
const order = (a: number[], b: number[]): number => {
  const at = a.findIndex((part, i) => part !== b[i]);
  return at < 0 ? 0 : Math.sign((a[at] as number) - (b[at] as number));
};

describe('version ranges', () => {
  it('compare number by number, with every sign', () => {
    const near = fc.tuple(numbers, fc.option(fc.nat(2))).chain(([a, at]) =>
      fc.tuple(
        fc.constant(a),
        fc.nat(30).map((part) => a.map((old, i) => (i === at ? part : old))),
      ),
    );
    fc.assert(
      fc.property(near, ([wanted, told]) => {
        const holds = (sign: string) => inRange(`${sign}${wanted.join('.')}`, `x ${told.join('.')} y`);
        const is = order(told, wanted);
        expect([holds('='), holds(''), holds('<'), holds('<='), holds('>'), holds('>=')]).toEqual([
          is === 0,
          is === 0,
          is < 0,
          is <= 0,
          is > 0,
          is >= 0,
        ]);
      }),
    );
  });

  it('are all terms at once, for one and the same version; blanks do not matter', () => {
    expect(inRange('  >=0.9.0   <0.10.0 ', '0.9.7')).toBe(true);
    expect(inRange('>=0.9.0 <0.10.0', '0.8.0, 0.11.0')).toBe(false);
    expect(inRange(' * ', 'nothing')).toBe(true);
    expect(inRange('>=10.2.10', '10.2.10')).toBe(true);
  });

  it.each([
    '',
    '  ',
    'x0.1.2',
    '0.1.2x',
    '0.1',
    '=> 0.1.2',
    '>=0.1.2 new',
    'new >=0.1.2',
    '* 0.1.2',
  ])('%j is none', (text) => {
    expect(isVersionRange(text)).toBe(false);
  });

  it.each([' * ', ' 0.1.2 ', '=10.20.30', '>0.1.2  <=1.0.0'])('%j is one', (text) => {
    expect(isVersionRange(text)).toBe(true);
  });
});

describe('patterns of what is seen', () => {
  it.each<[unknown, unknown, boolean]>([
    [null, null, true],
    [null, undefined, true],
    [null, 0, false],
    ['a', 'bab', true],
    ['a', 5, false],
    ['a', undefined, false],
    [5, 5, true],
    [5, '5', false],
    [true, false, false],
    [{ x: 'a' }, { x: 'a', y: 1 }, true],
    [{ x: { y: 'a' } }, { x: null }, false],
    [{ x: null }, 'text', false],
    [{ x: null }, null, false],
    [{ x: null }, undefined, false],
    [{ x: null }, [], false],
    [{ x: null }, {}, true],
    [['a'], 'a', false],
    [['a', 'a'], ['a'], false],
    [['a', 'b'], ['a', 'x', 'b'], true],
    [[], [], true],
    [{ status: 'ab' }, { status: 'abc' }, false],
    [{ name: { oneOf: ['b', 'abc'] } }, { name: 'abc' }, true],
    [{ name: { not: 'ab' } }, { name: 'abc' }, true],
    [{ not: null }, 'x', true],
    ['/a.c/s', 'xa\ncx', true],
    ['/A/', 'a', false],
    ['x/A/', 'x/A/', true],
    ['x/A/', 'A', false],
    ['/usr/lib64', 'no /usr/lib64 there', true],
  ])('%j of %j: %s', (pattern, value, wanted) => {
    expect(fits(pattern, value)).toBe(wanted);
  });

  it.each<[unknown, boolean]>([
    [null, true],
    [5, true],
    ['(', true],
    ['/(/', false],
    ['/a/zz', false],
    [{ a: { not: ['/(/'] } }, false],
    [['a', '/b/i'], true],
  ])('%j can be read: %s', (pattern, wanted) => {
    expect(isPattern(pattern)).toBe(wanted);
  });
});

describe('entries', () => {
  const place = (step: Step, situation: string, world: World = emptyWorld) => ({
    step,
    situation,
    world,
    identity: { target: 'lab' as const, version: '0.10.7' },
  });
  const applies = (changes: Record<string, unknown>, step: Step, situation = 'any') =>
    applicable([entry(changes)], place(step, situation)).length === 1;
  const hostRead: Step = { op: 'host-read', host: 'h1', file: 'f' };
  const exec: Step = { op: 'exec', via: 'rest', on: 'box1', work: { do: 'blob' } };

  it('for a surface do not speak of steps that have none', () => {
    expect(applies({ op: 'host-read' }, hostRead)).toBe(false);
    expect(applies({ op: 'host-read', via: undefined }, hostRead)).toBe(true);
  });

  it.each([
    ['a.b*', 'a.b', true],
    ['a.b*', 'axb', false],
    ['a+b', 'a+b', true],
    ['*+client@*', 'exec/x+client@y', true],
    ['a*b', 'a\nb', true],
    ['a', 'ab', false],
    ['b', 'ab', false],
    ['(a|b)', '(a|b)', true],
  ])('the pattern %j over %j: %s', (pattern, situation, wanted) => {
    expect(applies({ situation: [pattern] }, exec, situation)).toBe(wanted);
  });

  it.each<[Record<string, unknown>, boolean]>([
    [{ always: false, rate: { m: 1, k: 1 } }, true],
    [{ always: false, rate: { m: 2, k: 1 } }, false],
    [{ always: false, rate: { m: 0, k: 1 } }, false],
    [{ id: 'Upper' }, false],
    [{ title: '' }, false],
    [{ via: [] }, false],
    [{ silent: false }, false],
    [{ after: { box: { status: 'gone' } } }, false],
  ])('%j is one: %s', (changes, wanted) => {
    expect(knownSchema.safeParse({ ...entry(), ...changes }).success).toBe(wanted);
  });

  it('say what is wrong with a file', () => {
    const text = (changes: Record<string, unknown>) => JSON.stringify({ ...entry({ id: 'a' }), ...changes });
    expect(() => parseKnownDivergence('x/a.json', '{')).toThrow(/^x\/a\.json: not JSON: /u);
    expect(() => parseKnownDivergence('x/a.json', '5')).toThrow(/^x\/a\.json: the whole file: /u);
    expect(() => parseKnownDivergence('x/a.json', text({ after: { box: { started: 'x' } } }))).toThrow(
      /: after\.box\.started: /u,
    );
    expect(() => parseKnownDivergence('x/a.json', text({ title: '', source: '' }))).toThrow(
      /title: .*; source: /u,
    );
    expect(() => parseKnownDivergence('x/a.json', text({ title: '' }))).toThrow(
      expect.objectContaining({ name: 'FileError' }),
    );
    expect(parseKnownDivergence('x/a.json', text({})).id).toBe('a');
  });
});

describe('a mark that depends on timing', () => {
  const flaky = (m: number, k: number, id = 'a'): KnownDivergence =>
    entry({ id, always: false, rate: { m, k } });
  const report = (m: number, k: number, misses: number) => rateReports([flaky(m, k)], {}, { a: misses })[0];

  /** Wilson's one-sided 90 % bound, from a table: 3 of 10 is at least 15.2 %, 5 of 10 31.4 %, 10 of 10 85.9 %. */
  it.each([
    [3, 10, 0.152],
    [5, 10, 0.314],
    [10, 10, 0.859],
    [1, 100, 0.003],
  ])('%i of %i is measured with a lower end of %f', (m, k, bound) => {
    expect(report(m, k, 1)?.chance).toBeCloseTo(1 - bound, 2);
    expect(report(m, k, 2)?.chance).toBeCloseTo((1 - bound) ** 2, 2);
  });

  it('is reported where it applied, and never one that always shows', () => {
    expect(
      rateReports([flaky(5, 10), flaky(5, 10, 'b'), entry()], { b: 2 }, { b: 1, 'exec-missing-500': 9 }),
    ).toEqual([expect.objectContaining({ id: 'b', hits: 2, misses: 1, verdict: 'shows' })]);
    expect(rateReports([entry({ rate: { m: 5, k: 10 } })], { 'exec-missing-500': 2 }, {})).toEqual([]);
    expect(rateReports([flaky(5, 10)], { a: 1 }, { a: 1 })).toHaveLength(1);
  });
});
