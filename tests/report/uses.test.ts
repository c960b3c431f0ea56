import { expect, test } from 'vitest';
import { useRows, usesLines } from '../../report/uses.ts';
import { everyUse, useText } from '../../search/coverage/uses.ts';

const all = new Map(everyUse.map((use) => [useText(use), 1]));

const linesWithout = (...texts: string[]): string[] => {
  const counts = new Map(all);
  for (const text of texts) counts.delete(text);
  return usesLines(useRows(counts));
};

test('an option is told once, with what all verbs have used of it', () => {
  const lines = linesWithout();
  expect(lines.find((line) => line.startsWith('cpus '))).toMatch(/^cpus +0 3, 1\+ 3, 10\+ 3, 100\+ 3$/u);
  expect(lines.find((line) => line.startsWith('op '))).toContain('run 1');
  expect(lines.filter((line) => /used/iu.test(line))).toEqual([]);
});

test('what no program has used is a row of zero, and named', () => {
  expect(linesWithout('rm.force: true')).toEqual(
    expect.arrayContaining(['NEVER USED  force: true', `${'force'.padEnd(24)} true 0, false 1`]),
  );
});

test('what one verb has not used and another has is told of the verb', () => {
  const lines = linesWithout('create.cpus: 100+', 'create.cpus: 0');
  expect(lines.filter((line) => /used/iu.test(line))).toEqual(['not used by a verb  create.cpus: 0, 100+']);
});

test('the fields of what was never used are not named as well', () => {
  const ofExport = everyUse.filter(({ field }) => field.startsWith('export.')).map(useText);
  expect(linesWithout('op: export', ...ofExport).filter((line) => /used/iu.test(line))).toEqual([
    'NEVER USED  op: export',
  ]);
  const ofFork = everyUse.filter(({ field }) => /\.(main|work)\.fork\.out$/u.test(field)).map(useText);
  const forks = ['run.main', 'foreground.main', 'create.main', 'exec.work', 'spawn.work'];
  expect(
    linesWithout(...forks.map((field) => `${field}: fork`), ...ofFork).filter((line) => /used/iu.test(line)),
  ).toEqual(['NEVER USED  work: fork']);
});
