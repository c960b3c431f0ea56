import { expect, it } from 'vitest';
import { rules } from '../../../bench/harness/reference.ts';
import type { Step } from '../../../program/step.ts';
import { alternatives } from '../../../search/shrink/alternatives.ts';
import { exec, print, run } from '../../model/fixtures/steps.ts';
import { toldOf } from '../fixtures/told.ts';

const world = toldOf({ steps: [run()] })[0]?.after;
if (!world) throw new Error('the run was not told');
const step = exec(print('x', '', 3));

it('are other forms of the step on the same box, each once, the step itself not among them', () => {
  const found = alternatives(rules, world, step, false);
  expect(found.length).toBeGreaterThan(5);
  for (const other of found) expect(other).toMatchObject({ op: 'exec', on: 'box1' });
  const texts = found.map((other) => JSON.stringify(other));
  expect(new Set(texts).size).toBe(texts.length);
  for (const other of found)
    expect(alternatives(rules, world, other, false).map((one) => JSON.stringify(one))).not.toContain(
      JSON.stringify(other),
    );
});

it('come over the same surface first, the shortest first', () => {
  const found = alternatives(rules, world, step, false);
  const away = found.map((other) => ('via' in other && other.via === 'rest' ? 0 : 1));
  expect(away).toEqual([...away].sort());
  expect(new Set(away).size).toBe(2);
  for (const side of [0, 1]) {
    const lengths = found.filter((_, i) => away[i] === side).map((other) => JSON.stringify(other).length);
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
  }
});

it('keep the handle that the step makes, and are none where the verb is not known', () => {
  const made: Step = { op: 'spawn', via: 'rest', on: 'box1', as: 'exec4', work: { do: 'cat' } };
  for (const other of alternatives(rules, world, made, false)) expect(other).toMatchObject({ as: 'exec4' });
  const refused: Step = { op: 'inspect', via: 'rest', on: '?nobody' };
  const others = (['cli', 'url'] as const).map((via) => ({ ...refused, via }));
  expect(alternatives(rules, world, refused, false)).toEqual(others);
  expect(alternatives({ ...rules, verbs: {} }, world, step, false)).toEqual([]);
});
