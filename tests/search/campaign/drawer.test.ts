import { expect, test } from 'vitest';
import { everySurface, rules } from '../../../bench/harness/reference.ts';
import type { Program } from '../../../program/program.ts';
import { drawerOf } from '../../../search/campaign/drawer.ts';
import { coverageTable } from '../../../search/coverage/coverage.ts';
import { usesOf } from '../../../search/coverage/uses.ts';
import { programOfSeed } from '../../../search/generate/program-arbitrary.ts';
import { programSeed } from '../../../search/generate/seed.ts';
import { defaultSettings } from '../../../search/generate/settings.ts';

const surfaces = new Set(everySurface);
const settings = { ...defaultSettings, guided: 0 };
const source = { seed: 9, rules, surfaces, settings };

test('a program that nothing guides is the one of its seed and number', () => {
  const own = programOfSeed(rules, { surfaces, settings, seed: programSeed(9, 4) });
  expect(drawerOf(source, coverageTable())(4)).toEqual(own);
});

test('of the programs that chance draws a guided campaign takes one that its own seed draws again', () => {
  const program = drawerOf({ ...source, guided: true }, coverageTable())(0);
  expect(program).toEqual(programOfSeed(rules, { surfaces, settings, seed: program.seed ?? 0 }));
});

test('what is covered changes which is taken, and it is one with newer uses', () => {
  const table = coverageTable();
  const draw = drawerOf({ ...source, guided: true }, table);
  const first = draw(0);
  for (const use of usesOf(first.steps).keys()) table.use(use, 1000);
  expect(draw(0)).not.toEqual(first);
});

test('programs that are taken for their uses have more of them for each boot than those of chance', () => {
  const boots = (programs: readonly Program[]) =>
    programs.flatMap(({ steps }) => steps).filter(({ op }) => ['run', 'start', 'foreground'].includes(op))
      .length;
  const perBoot = (guided: boolean): number => {
    const table = coverageTable();
    const draw = drawerOf({ ...source, guided }, table);
    const programs: Program[] = [];
    for (let index = 0; index < 25; index++) {
      const program = draw(index);
      programs.push(program);
      for (const use of usesOf(program.steps).keys()) table.use(use, 1);
    }
    return table.uses.size / (1 + boots(programs));
  };
  expect(perBoot(true)).toBeGreaterThan(perBoot(false));
});
