import { expect, it } from 'vitest';
import { z } from 'zod';
import { issuesOf } from '../../files/issues.ts';

const schema = z.strictObject({
  one: z.union([
    z.string(),
    z.strictObject({ size: z.int(), pattern: z.union([z.literal('x'), z.array(z.int())]) }),
    z.strictObject({ size: z.int(), more: z.int() }),
    z.strictObject({ many: z.int() }),
  ]),
});
const told = (one: unknown): string[] => {
  const { error } = schema.safeParse({ one });
  return error ? issuesOf(error).map(({ path, message }) => `${path.join('.')}: ${message}`) : [];
};

it.each<[unknown, string[]]>([
  ['a text', []],
  [{ size: 5, pattern: [1] }, []],
  // Of another type than any: each type, once.
  [7, ['one: expected string, received number; or expected object, received number']],
  // Like one of them: its fields.
  [{ size: 5, pattern: 7 }, ['one.pattern: expected "x"; or expected array, received number']],
  [{ size: 5, pattern: ['y'] }, ['one.pattern.0: Invalid input: expected number, received string']],
  [{ many: 'x' }, ['one.many: Invalid input: expected number, received string']],
  // Like several of them: what each lacks.
  [
    { size: 5 },
    [
      'one: pattern: expected "x"; or expected array, received undefined; or more: expected number, received undefined',
    ],
  ],
])('what may be one of several things is told by those it is like: %j', (one, lines) => {
  expect(told(one)).toEqual(lines);
});
