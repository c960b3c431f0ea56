import { describe, expect, it } from 'vitest';
import { circles } from './circles.ts';
import { isCode, isSource, isTest, repository, type SourceFile } from './files.ts';
import { importsOf, wrongDirections, wrongPackages } from './imports.ts';
import {
  bareCode,
  escapes,
  highMedian,
  leftOut,
  localPlaces,
  MAX_LINES,
  MAX_MEDIAN_LINES,
  tooLong,
  undocumented,
} from './style.ts';

const all = repository();
const code = all.filter(({ path }) => isCode(path));
const source = code.filter(({ path }) => isSource(path));
const tests = code.filter(({ path }) => isTest(path));
const file = (path: string, text: string): SourceFile => ({ path, text });
const lines = (count: number): string => 'x\n'.repeat(count);

it('the tidy test looks at the whole repository', () => {
  expect(source.length).toBeGreaterThan(100);
  expect(tests.length).toBeGreaterThan(20);
  expect(all.some(({ path }) => path === 'package.json')).toBe(true);
});

describe('this repository', () => {
  it.each<[string, SourceFile[], (file: SourceFile) => string[]]>([
    ['has no file too long', code, tooLong],
    ['imports in one direction', source, wrongDirections],
    ['uses packages where they belong', source, wrongPackages],
    ['does not get around the type checker', code, escapes],
    ['documents what it exports', source, undocumented],
    ['names no machine and no registry', all, localPlaces],
    ['leaves out no test', tests, leftOut],
  ])('%s', (_, files, rule) => {
    expect(files.flatMap(rule)).toEqual([]);
  });

  it('has no files that import each other in a circle, not even for types', () => {
    expect(circles(code)).toEqual([]);
  });

  it('keeps files small', () => {
    expect(highMedian(source)).toEqual([]);
  });
});

describe('the tidy rules', () => {
  it('finds a file that is too long, and a median that is too high', () => {
    expect(tooLong(file('a.ts', lines(MAX_LINES)))).toEqual([]);
    expect(tooLong(file('a.ts', lines(MAX_LINES + 1)))).toHaveLength(1);
    const short = file('a.ts', lines(1));
    const long = file('b.ts', lines(MAX_MEDIAN_LINES + 1));
    expect(highMedian([short, short, long])).toEqual([]);
    expect(highMedian([short, long, long])).toHaveLength(1);
  });

  it.each([
    ['model/a.ts', "import { run } from '../run/execute.ts';"],
    ['model/a.ts', "import type { Session } from '../runtime/session.ts';"],
    ['model/predict/a.ts', "import type { Step } from '../../program/step.ts';"],
    ['commands/a.ts', "import type { Step } from '../program/step.ts';"],
    ['domain/a.ts', "import { x } from '../model/work.ts';"],
    ['reference/core/a.ts', "import { x } from '../../model/work.ts';"],
    ['reference/a.ts', "import type { Step } from '../program/step.ts';"],
    ['runtime/a.ts', "const x = await import('../reference/index.ts');"],
    ['search/a.ts', "import { makeRunner } from '../run/execute.ts';"],
    ['verdict/a.ts', "export { x } from '../run/execute.ts';"],
    ['verdict/a.ts', "import type { RunnerOptions } from '../run/execute.ts';"],
    ['attic/a.ts', ''],
  ])('refuses that %s has %s', (path, text) => {
    expect(wrongDirections(file(path, text))).toHaveLength(1);
  });

  it.each([
    ['program/a.ts', "import { table } from '../commands/index.ts';"],
    ['runtime/targets/reference.ts', "await import('../../reference/index.ts');"],
    ['vitest.config.ts', "import { x } from './run/execute.ts';"],
  ])('allows that %s has %s', (path, text) => {
    expect(wrongDirections(file(path, text))).toEqual([]);
  });

  it('finds imports over several lines, of types and without names', () => {
    const text =
      "import {\n  a,\n  type B,\n} from './a.ts';\nimport './b.ts';\nexport type { C } from '../c.ts';\n";
    expect(importsOf(file('x/y.ts', text))).toEqual([
      { module: './a.ts', target: 'x/a.ts' },
      { module: './b.ts', target: 'x/b.ts' },
      { module: '../c.ts', target: 'c.ts' },
    ]);
  });

  it('finds circles of code and of types, each once, and no others', () => {
    const found = circles([
      file('a/a.ts', "import type { B } from '../b/b.ts';\nimport { d } from './d.ts';"),
      file('b/b.ts', "import { c } from './c.ts';"),
      file('b/c.ts', "const a = await import('../a/a.ts');"),
      file('a/d.ts', "import { e } from './e.ts';"),
      file('a/e.ts', "import { x } from './not-there.ts';"),
      file('a/self.ts', "import { y } from './self.ts';"),
    ]);
    expect(found).toEqual([['a/a.ts', 'b/b.ts', 'b/c.ts'], ['a/self.ts']]);
  });

  it('finds packages in rooms where they do not belong', () => {
    expect(wrongPackages(file('model/a.ts', "import { join } from 'node:path';"))).toHaveLength(1);
    expect(wrongPackages(file('report/a.ts', "import * as fc from 'fast-check';"))).toHaveLength(1);
    expect(wrongPackages(file('search/a.ts', "import * as fc from 'fast-check';"))).toEqual([]);
  });

  it.each([
    'let a: any;',
    'b as any',
    'Array<any>',
    'x: string | any',
    '// @ts-ignore',
    'f(a: any): void',
  ])('finds a way around the type checker in %s', (text) => {
    expect(escapes(file('a.ts', text))).toHaveLength(1);
  });

  it.each([
    "case 'any':",
    'x.any',
    '{ any: 1 }',
    '// takes any: value',
    "f('a: any')",
    'cli.any ?? []',
  ])('finds no way around the type checker in %s', (text) => {
    expect(escapes(file('a.ts', text))).toEqual([]);
  });

  it.each([
    'export function f() {}',
    'export async function f() {}',
    'export const f = (a: number): string => "";',
    'export const f = async <T>(a: T) => a;',
    '/** Of the other. */\nconst g = 1;\nexport function f() {}',
  ])('finds that a comment is missing at %s', (text) => {
    expect(undocumented(file('a.ts', text))).toEqual(['a.ts: f is exported without a comment']);
  });

  it('finds that one comment is not enough over a gap', () => {
    const text = '/** Both. */\nexport const f = () => 1;\nexport const g = () => 2;\n';
    expect(undocumented(file('a.ts', text))).toEqual([]);
    expect(undocumented(file('a.ts', text.replace('1;', '1;\n')))).toHaveLength(1);
  });

  it.each([
    '/** Does it. */\nexport function f() {}',
    'export const x = 1;',
    'function f() {}',
  ])('asks for no comment at %s', (text) => {
    expect(undocumented(file('a.ts', text))).toEqual([]);
  });

  it.each([
    `see /${'work'}/main`,
    `/${'root'}/.cache/x`,
    `https://${'registry'}.example.org/x`,
  ])('finds a place of one machine in %s', (text) => {
    expect(localPlaces(file('README.md', text))).toHaveLength(1);
  });

  it('takes no path of a box for one of this machine', () => {
    expect(localPlaces(file('a.ts', `/${'root'}/f1 model/${'work'}/x ./${'work'}/y`))).toEqual([]);
  });

  it.each(['only', 'skip', 'todo'])('finds a test that is left out by .%s', (what) => {
    expect(leftOut(file('tests/a.test.ts', `it.${what}('x', () => {});`))).toHaveLength(1);
    expect(leftOut(file('tests/a.test.ts', `describe.each([1]).${what}('x')`))).toEqual([]);
    expect(leftOut(file('tests/a.test.ts', `// it.${what}`))).toEqual([]);
  });

  it('keep the lines of what they blank out', () => {
    const text = "a /* x\ny */ b 'q' // z\nc";
    expect(bareCode(text)).toHaveLength(text.length);
    expect(bareCode(text).replace(/ +/gu, ' ')).toBe('a \n b \nc');
  });
});
