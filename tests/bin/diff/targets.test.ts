import { expect, test } from 'vitest';
import { UsageError } from '../../../bin/cli/errors.ts';
import { partOfFirst } from '../../../bin/diff/run.ts';
import { parseSides } from '../../../bin/diff/targets.ts';

test.each([
  ['reference,lab', [{ target: 'reference' }, { target: 'lab' }]],
  [
    'lab@0.10.0, lab@0.10.7',
    [
      { target: 'lab', version: '0.10.0' },
      { target: 'lab', version: '0.10.7' },
    ],
  ],
  ['reference@0.10.0,reference', [{ target: 'reference', version: '0.10.0' }, { target: 'reference' }]],
  [
    'reference,reference@0.10.0+a+b=0.3',
    [{ target: 'reference' }, { target: 'reference', version: '0.10.0', defect: ['a', 'b=0.3'] }],
  ],
  ['host@./old/boxlite,host', [{ target: 'host', boxlite: './old/boxlite' }, { target: 'host' }]],
  [
    'external@http://a:8100/x+y,reference',
    [{ target: 'external', url: 'http://a:8100/x+y' }, { target: 'reference' }],
  ],
])('--targets %s', (text, wanted) => {
  expect(parseSides(text, {}).map(({ globals }) => globals)).toEqual(wanted);
});

test.each([
  ['reference', /--targets reference: give two/u],
  ['reference,lab,host', /give two/u],
  ['reference,', /give two/u],
  ['moon,lab', /"moon" is no target; one of reference, lab, host, external/u],
  ['reference@0.9,lab', /"reference@0\.9" is none: the reference plays .*0\.10\.7/u],
  ['reference,lab+stop-slow', /"lab\+stop-slow" is unclear: .*\+DEFECT behind reference only/u],
  ['reference,lab@', /"lab@" is unclear: @VERSION/u],
  ['host+x,lab', /"host\+x"/u],
])('--targets %s is a mistake that is named', (text, message) => {
  expect(() => parseSides(text, {})).toThrow(UsageError);
  expect(() => parseSides(text, {})).toThrow(message);
});

test('a defect belongs to one side', () => {
  expect(() => parseSides('reference,lab', { defect: ['a'] })).toThrow(/reference,reference\+NAME/u);
});

test('other options go to the side they are about', () => {
  const common = { url: 'http://a', version: '0.10.0', boxlite: './b', home: '/h', out: 'o' };
  const [external, lab] = parseSides('external,lab', common).map(({ globals }) => globals);
  expect(external).toEqual({ target: 'external', url: 'http://a', boxlite: './b', home: '/h' });
  expect(lab).toEqual({ target: 'lab', version: '0.10.0', boxlite: './b' });
});

test('the same target twice is told apart', () => {
  expect(parseSides('reference,reference', {}).map(({ label }) => label)).toEqual([
    'reference#1',
    'reference#2',
  ]);
});

test('the slower side gets the larger part of the time', () => {
  expect(partOfFirst('reference', 'lab')).toBe(0.1);
  expect(partOfFirst('lab', 'reference')).toBe(0.9);
  expect(partOfFirst('lab', 'lab')).toBe(0.5);
});
