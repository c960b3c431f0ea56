import { InvalidArgumentError } from 'commander';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  apiKey,
  durationMs,
  names,
  seedList,
  serverUrl,
  share,
  wholeNumber,
} from '../../../bin/options/values.ts';

describe('durations', () => {
  test('a number and a unit', () => {
    expect([durationMs('90s'), durationMs('30m'), durationMs('2h')]).toEqual([90_000, 1_800_000, 7_200_000]);
  });
  test.each([
    '',
    '5',
    '0s',
    '-1m',
    '1.5h',
    '1 m',
    '1d',
    '1h30m',
    's',
    '169h',
    ' 1m',
    '1M',
  ])('%j is refused', (text) => {
    expect(() => durationMs(text)).toThrow(InvalidArgumentError);
  });
});

describe('seeds', () => {
  test('numbers and ranges, in the order given', () => {
    expect(seedList('3,1, 10-12 -7')).toEqual([3, 1, 10, 11, 12, -7]);
  });
  test('any list of 32-bit numbers comes back as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (seeds) => {
        expect(seedList(seeds.join(','))).toEqual(seeds);
      }),
    );
  });
  test.each(['', 'x', '1-', '5-1', '1,,x', '99999999999', '0-4294967295', '1.5'])('%j is refused', (text) => {
    expect(() => seedList(text)).toThrow(InvalidArgumentError);
  });
});

test('numbers have bounds', () => {
  const number = wholeNumber(1, 9);
  expect(number('9')).toBe(9);
  for (const text of ['0', '10', '1.5', '', 'x', '1e1']) expect(() => number(text)).toThrow(/from 1 to 9/u);
});

test('shares are from 0 to 1', () => {
  expect(['0', '1', '0.25', '.5', '1.0'].map(share)).toEqual([0, 1, 0.25, 0.5, 1]);
  for (const text of ['', '25%', '1.1', '-0.1', 'NaN']) expect(() => share(text)).toThrow(/0 to 1/u);
});

test('an address with a secret in it, or a key that cannot be told from text, is refused without being shown', () => {
  const urls = ['http://u:hushhush@x', 'http://hushhush@x/', 'http://x/?key=hushhush', 'http://x/#hushhush'];
  const said = [
    ...urls.map((text) => () => serverUrl(text)),
    () => apiKey('hushhush\n'),
    () => apiKey('short'),
  ];
  for (const parse of said) expect(parse).toThrow(/^--(?!.*(?:hush|short))/su);
  expect(apiKey('abc.DEF-12_~+/==')).toBe('abc.DEF-12_~+/==');
});

test('addresses and names', () => {
  expect(serverUrl('http://127.0.0.1:8100/')).toBe('http://127.0.0.1:8100');
  for (const text of ['', 'box:8100', 'ftp://x', '/v1']) expect(() => serverUrl(text)).toThrow(/http/u);
  expect(names('a, b,,c ')).toEqual(['a', 'b', 'c']);
});
