import { expect, it } from 'vitest';
import { optionsFrom } from '../../quality/options.ts';
import { loadMinima, planOf } from '../../quality/trial.ts';
import { catalogue } from '../../reference/defects.ts';

it('has defaults, and a quick way', () => {
  expect(optionsFrom([])).toMatchObject({
    seeds: 10,
    programs: 100,
    deadlineFactor: 1,
    defects: null,
    compare: null,
  });
  expect(optionsFrom(['--quick'])).toMatchObject({ seeds: 2, programs: 200, deadlineFactor: 0.4 });
  expect(optionsFrom(['--quick', '--seeds', '5', '--deadline-factor', '1'])).toMatchObject({
    seeds: 5,
    deadlineFactor: 1,
  });
});

it.each([
  [['--defect', 'stop-code'], /--defect.*stop-code: no seeded defect.*stop-code-zero/u],
  [['--seeds', '0'], /--seeds.*from 1/u],
  [['--deadline-factor', '0'], /--deadline-factor.*0\.1 to 10/u],
  [['--programs', 'many'], /--programs.*whole number/u],
])('refuses %j and says what would be right', (argv, message) => {
  let said = '';
  expect(() =>
    optionsFrom(argv, (text) => {
      said += text;
    }),
  ).toThrow();
  expect(said).toMatch(message);
});

it('plans every defect either as hunted or as out of reach', () => {
  const { hunted, unreachable, rare } = planOf({ defects: null, rare: true }, loadMinima());
  expect(rare).toEqual([]);
  expect([...hunted.map(({ defect }) => defect.name), ...unreachable.map(({ name }) => name)].sort()).toEqual(
    catalogue.map(({ name }) => name).sort(),
  );
});

it('plans one that is out of reach when it is named', () => {
  const [first] = planOf({ defects: null, rare: true }, loadMinima()).unreachable;
  if (!first) return;
  const named = planOf({ defects: [first.name], rare: false }, loadMinima());
  expect(named).toMatchObject({ hunted: [{ defect: { name: first.name } }], unreachable: [first] });
});

it('leaves those that show seldom out of the quick board, tells which, and hunts them when they are named', () => {
  const minima = loadMinima();
  const { hunted, rare } = planOf({ defects: null, rare: false }, minima);
  const seldom = [...minima].filter(([, minimum]) => 'rare' in minimum).map(([name]) => name);
  expect(rare).toEqual(seldom);
  expect(hunted.filter(({ defect }) => seldom.includes(defect.name))).toEqual([]);
  expect(planOf({ defects: rare, rare: false }, minima)).toMatchObject({ rare: [] });
  expect(planOf({ defects: rare, rare: false }, minima).hunted).toHaveLength(rare.length);
});
