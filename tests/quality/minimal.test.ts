import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { rules } from '../../bench/harness/reference.ts';
import { fewestSteps, isReachable, loadMinima, minimalFile, minimalProgram } from '../../quality/trial.ts';
import { trajectoryOf } from '../../search/worlds/possible-worlds.ts';

const reachable = [...loadMinima()].flatMap(([name, minimum]) =>
  isReachable(minimum) ? [[name, minimum] as const] : [],
);

it.each(
  reachable,
)('has a program for %s with the known minimum of steps, which the model predicts', (name, minimum) => {
  const program = minimalProgram(name);
  expect(program.steps.length).toBe(fewestSteps(minimum));
  expect(trajectoryOf(rules, program.steps, 'some')).not.toBeNull();
});

it('has no program for anything else', () => {
  const known = reachable.map(([name]) => `${name}.json`).sort();
  const [first] = reachable;
  if (!first) throw new Error('quality/minima.json names no defect that programs can show');
  expect(readdirSync(new URL('.', minimalFile(first[0]))).sort()).toEqual(known);
});

it('names the file of a program that is not there', () => {
  expect(() => minimalProgram('boot-id-kept')).toThrow('quality/minimal/boot-id-kept.json: no such file');
});
