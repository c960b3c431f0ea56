import { expect, it } from 'vitest';
import { optionsFrom } from '../../bench/options.ts';
import { reportLines } from '../../bench/part.ts';
import { parts } from '../../bench/parts.ts';

const two = [
  { name: 'one', about: 'the first' },
  { name: 'two', about: 'the second' },
];

it('takes all parts unless told otherwise, in their own order', () => {
  expect(optionsFrom([], two)).toMatchObject({ only: ['one', 'two'], quick: false, minutes: 60 });
  const asked = optionsFrom(['--only', 'two,one', '--quick'], two);
  expect(asked).toMatchObject({ only: ['one', 'two'], minutes: 1 });
});

it('names the part that does not exist, and those that do', () => {
  const said: string[] = [];
  expect(() => optionsFrom(['--only', 'three'], two, (text) => said.push(text))).toThrow();
  expect(said.join('')).toMatch(/three.*one, two/s);
});

it('has a name of its own for every part', () => {
  expect(new Set(parts.map(({ name }) => name)).size).toBe(parts.length);
});

it('prints what a part was measured on, and its losses as losses', () => {
  const report = {
    part: 'p',
    measuredOn: 'the model',
    tables: [],
    losses: ['slower'],
    notes: [],
    data: null,
  };
  expect(reportLines(report)).toContain('LOSS  slower');
  expect(reportLines(report).join('\n')).toContain('measured on the model');
});
