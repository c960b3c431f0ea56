import { expect, test } from 'vitest';
import { corpusFolder } from '../../../bin/corpus/corpus.ts';
import { joined } from '../../../bin/smoke/joined.ts';
import { corpus, type Planned } from '../../../bin/smoke/plan.ts';
import { verbs } from '../../../commands/index.ts';
import { newestProfile } from '../../../model/profile.ts';
import type { Program } from '../../../program/program.ts';
import type { Step } from '../../../program/step.ts';
import { divergenceOutcomesOf } from '../../../search/worlds/divergence-outcomes.ts';
import { rulesOf } from '../../../search/worlds/rules.ts';
import { type KnownDivergence, loadKnownDivergences } from '../../../verdict/known.ts';
import {
  attach,
  copyOut,
  create,
  exec,
  hold,
  inspect,
  list,
  print,
  run,
  spawn,
  stop,
} from '../../model/fixtures/steps.ts';
import { environment } from '../../report/fixtures/records.ts';
import { markOf } from '../../run/fixtures/runs.ts';

const identity = { ...environment.identity, target: 'lab' as const, version: newestProfile.id };
const seeing = (...known: KnownDivergence[]) => ({
  rules: rulesOf(verbs, newestProfile, divergenceOutcomesOf(known, identity)),
  known,
  target: { identity },
});
const programOf = (...steps: Step[]): Program => ({ format: 1, contract: '0.10.7', steps });
const planned = (name: string, ...steps: Step[]): Planned => ({
  name,
  group: 'pinned',
  program: programOf(...steps),
});
const names = (plan: readonly Planned[]) =>
  plan.map(({ name, parts }) => parts?.map((part) => part.name).join('+') ?? name).sort();

test('programs that begin with the same running box share one, and each has handles of its own', () => {
  const plan = [
    planned('a', run(hold), spawn(print('x')), attach()),
    planned('b', run(hold), spawn(hold), exec(print('y'))),
  ];
  const [together, ...others] = joined(plan, seeing());
  expect(others).toEqual([]);
  expect(together).toEqual({
    name: 'a + b',
    group: 'pinned',
    program: programOf(
      run(hold),
      spawn(print('x'), 'exec101'),
      attach('att101', 'exec101'),
      spawn(hold, 'exec201'),
      exec(print('y')),
    ),
    parts: plan,
  });
});

test.each<[string, Step[]]>([
  ['begins with another box', [run(), exec(print('y'))]],
  ['begins with a box that does not run', [create(hold), inspect()]],
  ['ends with the box', [run(hold)]],
  ['would see what another has left', [run(hold), list(true), copyOut('/root/f1')]],
])('a program that %s has one for itself', (_, steps) => {
  const write = exec({ do: 'write', path: '/root/f1', data: 'x' });
  const plan = [planned('a', run(hold), write), planned('b', ...steps)];
  expect(names(joined(plan, seeing()))).toEqual(['a', 'b']);
});

test('programs of seeds are run as they are', () => {
  const seed = { ...planned('a', run(hold), exec(print('x'))), group: 'seed' as const };
  const plan = [seed, { ...seed, name: 'b' }];
  expect(names(joined(plan, seeing()))).toEqual(['a', 'b']);
});

test('one that stops the box comes last, and room is kept for it in a row of eight', () => {
  const few = Array.from({ length: 9 }, (_, i) => planned(`p${i}`, run(hold), exec(print(`${i}`))));
  const ends = ['s0', 's1'].map((name) => planned(name, run(hold), stop(), inspect()));
  expect(names(joined([...ends, ...few], seeing()))).toEqual(['p0+p1+p2+p3+p4+p5+p6+s0', 'p7+p8+s1']);
});

test('one that has no mark and may show a divergence is run alone, unless that shows seldom', () => {
  const plan = [planned('a', run(hold), exec(print('x'))), planned('b', run(hold), inspect())];
  const always = markOf({ op: 'inspect', seen: { is: 'broken' } });
  expect(names(joined(plan, seeing(always)))).toEqual(['a', 'b']);
  const seldom = markOf({ op: 'inspect', seen: { is: 'broken' }, always: false, rate: { m: 1, k: 9 } });
  expect(names(joined(plan, seeing(seldom)))).toEqual(['a+b']);
  const [a, b] = plan as [Planned, Planned];
  expect(names(joined([a, { ...b, mark: always }], seeing(always)))).toEqual(['a+b']);
});

test('of the corpus, as it is run in the lab, nothing is lost and a quarter of the boxes is saved', async () => {
  const marks = await loadKnownDivergences(corpusFolder('known'));
  const surfaces = new Set(['cli', 'url', 'rest', 'sdk', 'node-sdk', 'local-sdk'] as const);
  const engine = { ...seeing(...marks), surfaces } as unknown as Parameters<typeof corpus>[0];
  const plan = await corpus(engine);
  const together = joined(plan, engine);
  expect(
    together
      .flatMap(({ parts, ...one }) => parts ?? one)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(plan.map(({ name }) => name).sort());
  expect(together.length).toBeLessThan(0.78 * plan.length);
  for (const { parts, program } of together)
    if (parts)
      expect(program.steps.length - 1).toBe(
        parts.reduce((sum, part) => sum + part.program.steps.length - 1, 0),
      );
});
