import { expect, test } from 'vitest';
import { type NamedProgram, planOf, programsFor } from '../../../bin/diff/plan.ts';
import { parseSides } from '../../../bin/diff/targets.ts';
import { verbs } from '../../../commands/index.ts';
import { profileFor } from '../../../model/profile.ts';
import { surfaceOf } from '../../../model/refers.ts';
import type { Surface } from '../../../program/step.ts';
import { trajectoryOf } from '../../../search/worlds/possible-worlds.ts';
import { rulesOf } from '../../../search/worlds/rules.ts';
import { toyEngine } from '../fixtures.ts';

const options = { corpus: false, seed: 7, maxSteps: 20, times: 1, strict: false };
const all = new Set<Surface>(['cli', 'url', 'rest']);

/** The programs two sides run, of which the first one has all surfaces and the second one those that are given. */
async function programs(targets: string, asked: object, theirs: ReadonlySet<Surface> = all) {
  const [, second] = parseSides(targets, {});
  const plan = await planOf([], { ...options, ...asked });
  const run: NamedProgram[] = [];
  const engine = { ...toyEngine([]), surfaces: all };
  for await (const one of programsFor(engine, second, theirs, plan)) run.push(one);
  return run;
}

test('the corpus is given by name, each program once, and 20 are drawn, when nothing is asked for', async () => {
  const names = (await programs('reference,lab', {})).map(({ name }) => name);
  expect(names).toContain('pinned/2-exit-codes-pass-through');
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => name.startsWith('seed '))).toHaveLength(20);
});

test('what is asked for is all that is run', async () => {
  expect(await programs('reference,lab', { programs: 3 })).toHaveLength(3);
  const corpus = await programs('reference,lab', { corpus: true });
  expect(corpus.filter(({ name }) => name.startsWith('seed '))).toEqual([]);
});

test('programs depend on seed and number alone', async () => {
  const [three, five] = [
    await programs('reference,lab', { programs: 3 }),
    await programs('reference,lab', { programs: 5 }),
  ];
  expect(five.slice(0, 3)).toEqual(three);
  expect(three[0]).not.toEqual(three[1]);
});

test('with a time there is no end of programs', async () => {
  expect((await planOf([], { ...options, for: 1000 })).drawn).toBe(Number.POSITIVE_INFINITY);
});

test('what is drawn for two versions can be judged by the older contract', async () => {
  const rules = rulesOf(verbs, profileFor('0.10.0').profile);
  for (const { program } of await programs('reference,lab@0.10.0', { programs: 20 })) {
    expect(program.contract).toBe('0.10.0');
    expect(program.steps.length).toBeLessThanOrEqual(20);
  }
  const [plain] = await programs('lab,reference@0.10.0', { programs: 1 });
  expect(trajectoryOf(rules, plain?.program.steps ?? [], 'some')).not.toBeNull();
});

test('only programs are run that need no surface one side lacks', async () => {
  const rest = await programs(
    'reference,external',
    { corpus: true, programs: 3 },
    new Set<Surface>(['rest']),
  );
  const used = new Set(rest.flatMap(({ program }) => program.steps.map(surfaceOf)));
  used.delete('-');
  expect([...used]).toEqual(['rest']);
  expect(rest.length).toBeGreaterThan(3);
});
