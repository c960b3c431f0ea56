import { expect, test } from 'vitest';
import { verbs } from '../../../commands/index.ts';
import { defaultThemes } from '../../../search/generate/themes.ts';

test('every theme has a verb that makes a box out of nothing: without one it is never drawn', () => {
  const unmade = defaultThemes.filter(
    ({ ops }) => !ops.some((op) => verbs[op].makes === 'box' && verbs[op].about === 'nothing'),
  );
  expect(unmade.map(({ name }) => name)).toEqual([]);
});

test('every verb that a theme names has a weight there', () => {
  for (const { ops, weights } of defaultThemes)
    expect(ops.filter((op) => !((weights?.[op] ?? 0) > 0))).toEqual([]);
});
