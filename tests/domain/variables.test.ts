import { expect, it } from 'vitest';
import { env, type Variable, variablesIn, variablesOf } from '../../domain/variables.ts';

const asked: Variable[] = [
  { key: 'BC_A', value: 'a=b' },
  { key: 'BC_A', value: '' },
  { key: 'BC_L', fill: 'xy', times: 2 },
  { many: 2 },
];

it('variables are given in order, sizes and patterns written out', () => {
  expect(variablesOf(asked)).toEqual([
    ['BC_A', 'a=b'],
    ['BC_A', ''],
    ['BC_L', 'xyxy'],
    ['BC_N0', '0'],
    ['BC_N1', '1'],
  ]);
  expect(variablesOf()).toEqual([]);
});

it('variables of programs are told from those of the image', () => {
  expect(variablesIn('PATH=/bin\0BC_A=b=c\nd\0XBC_=1\0BC_E=\0')).toEqual([
    ['BC_A', 'b=c\nd'],
    ['BC_E', ''],
  ]);
});

it.each([
  [[{ key: 'PATH', value: '/bin' }]],
  [[{ key: 'BC_A=B', value: '' }]],
  [[{ key: 'BC_A', value: '\0' }]],
  [[{ key: 'BC_L', fill: 'ü', times: 32_000 }]],
  [[{ many: 201 }]],
])('%j is no environment of a program', (wrong) => {
  expect(env.safeParse(wrong).success).toBe(false);
});
