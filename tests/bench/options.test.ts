import { expect, it } from 'vitest';
import { optionsFrom } from '../../bench/options.ts';
import { reportLines } from '../../bench/part.ts';

const two = [
  { name: 'one', about: 'the first' },
  { name: 'two', about: 'the second' },
];

it('takes all parts unless told otherwise', () => {
  expect(optionsFrom([], two)).toEqual({ quick: false, seed: 1, out: '.boxcheck/bench' });
  expect(optionsFrom(['--only', 'two', '--quick'], two)).toMatchObject({ only: 'two', quick: true });
});

it('names the part that does not exist, and those that do', () => {
  const said: string[] = [];
  expect(() => optionsFrom(['--only', 'three'], two, (text) => said.push(text))).toThrow();
  expect(said.join('')).toMatch(/three.*one, two/s);
});

it('takes a target for the part that needs one, and for no other', () => {
  const real = [...two, { name: 'real', about: 'a target' }];
  const said: string[] = [];
  const from = (...argv: string[]) => optionsFrom(argv, real, (text) => said.push(text));
  expect(from('--only', 'real', '--target', 'lab')).toMatchObject({ only: 'real', target: 'lab' });
  expect(() => from('--only', 'real')).toThrow('needs --target');
  expect(() => from('--only', 'one', '--target', 'lab')).toThrow('--target lab: only the part real takes it');
});

it('prints what a part was measured on, and its losses as losses', () => {
  const report = {
    part: 'p',
    measuredOn: 'the model',
    table: { head: [], rows: [] },
    losses: ['slower'],
    notes: [],
    data: null,
  };
  expect(reportLines(report)).toContain('LOSS  slower');
  expect(reportLines(report).join('\n')).toContain('measured on the model');
});
