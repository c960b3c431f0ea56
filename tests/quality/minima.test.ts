import { expect, it } from 'vitest';
import { fewestFor, fewestSteps, isReachable, loadMinima } from '../../quality/trial.ts';
import { catalogue } from '../../reference/defects.ts';

const minima = loadMinima();

it('says something of every defect of the catalogue', () => {
  expect([...minima.keys()].sort()).toEqual(catalogue.map(({ name }) => name).sort());
});

it('calls exactly the defects with a probability flaky', () => {
  const flaky = [...minima]
    .filter(([, entry]) => isReachable(entry) && entry.class === 'flaky')
    .map(([name]) => name);
  expect(flaky.sort()).toEqual(
    catalogue
      .filter(({ chance }) => chance !== undefined)
      .map(({ name }) => name)
      .sort(),
  );
});

it('knows the minimum of each oracle, and falls back to the smallest', () => {
  const entry = { class: 'deterministic', caught: { unexpected: 3, leak: 1 } } as const;
  expect([fewestSteps(entry), fewestFor(entry, 'unexpected'), fewestFor(entry, 'cleanup')]).toEqual([
    1, 3, 1,
  ]);
});
