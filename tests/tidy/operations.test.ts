import { expect, it } from 'vitest';
import { verbs } from '../../commands/index.ts';
import { isSource, repository } from './files.ts';
import { namedOperations } from './operations.ts';

const rule = namedOperations(Object.keys(verbs));
const found = (text: string, path = 'search/a.ts'): number => rule({ path, text }).length;

it('no code outside the predictors depends on the name of an operation', () => {
  const source = repository().filter(({ path }) => isSource(path));
  expect(source.flatMap(rule)).toEqual([]);
});

it.each([
  "if (step.op === 'rm') {",
  "if ('copy-in' !== step.op) {",
  "if (event.step?.op === 'list') {",
  "step.op.startsWith('attach')",
  "['exec', 'foreground'].includes(step.op)",
  "const a: ReadonlySet<Op> = new Set(['run']);",
  "const a = new Set<Op>([\n  'start',\n  'stop',\n]);",
  "const makers: readonly Op[] = ['run', 'create'];",
  'const weights: Record<Op, number> = {\n  run: 8,',
  "const a: Partial<Record<Op, string[]>> = {\n  'host-read': [],",
  "switch (step.op) {\n    case 'run':\n    case 'create':",
])('the rule finds %j', (text) => {
  expect(found(text)).toBe(1);
  expect(found(text, 'model/predict/power.ts')).toBe(0);
});

it.each([
  ["if (work.do === 'read') {", 'search/a.ts'],
  ["switch (call.call) {\n    case 'exec':", 'report/a.ts'],
  ["op: 'wait', exec", 'search/a.ts'],
  ["words: ['list', '-a']", 'commands/a.ts'],
])('the rule lets %j be, in %s', (text, path) => {
  expect(found(text, path)).toBe(0);
});

it('no definition of a verb asks for an operation', () => {
  expect(found("step.op === 'rm'", 'commands/verbs/run.ts')).toBe(1);
});
