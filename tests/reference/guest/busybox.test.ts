import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { guest, sh } from './guest.ts';

/** The shell this guest imitates, where the machine has it; the other tests do without. */
const busybox = spawnSync('busybox', ['true']).status === 0;

const letters = fc.constantFrom(
  'a',
  'b',
  '1',
  '0',
  ' ',
  '*',
  '-',
  'x y',
  "'",
  '"q"',
  '\\',
  '$',
  '~',
  '#',
  '{',
  '}',
  '=',
  '!',
  ';',
  '&',
);
const text = fc.array(letters, { maxLength: 4 }).map((parts) => parts.join(''));
const single = text.map((value) => `'${value.replaceAll("'", "'\\''")}'`);
const double = text.map((value) => `"${value.replace(/["\\$`]/g, '\\$&')}"`);
const variable = fc.constantFrom('A', 'B', 'C', '1', '2', '@', '*', '#', '?');
const pattern = fc.constantFrom('a', '?', '*', '[ab]', '*b', 'a*', '1', '[!a]', '" "');
const operator = fc.constantFrom(':-', '-', ':+', '+');
const trimmer = fc.constantFrom('#', '##', '%', '%%');

const number = fc.oneof(fc.integer({ min: -9, max: 99 }).map(String), fc.constantFrom('N', 'M'));
const arithmetic = fc.letrec<{ expr: string }>((tie) => ({
  expr: fc.oneof(
    { depthSize: 'small' },
    number,
    fc
      .tuple(
        tie('expr'),
        fc.constantFrom('+', '-', '*', '<', '>', '==', '!=', '&&', '||', '&', '|', '^', '<=', '<<'),
        tie('expr'),
      )
      .map(([a, op, b]) => (op === '<<' ? `(${a}) ${op} 2` : `${a} ${op} ${b}`)),
    fc.tuple(tie('expr'), tie('expr'), tie('expr')).map(([a, b, c]) => `(${a}) ? (${b}) : (${c})`),
    tie('expr').map((a) => `-(${a})`),
    tie('expr').map((a) => `!(${a})`),
    fc.tuple(tie('expr'), fc.integer({ min: 1, max: 9 })).map(([a, b]) => `(${a}) / ${b} + (${a}) % ${b}`),
  ),
})).expr;

const word: fc.Arbitrary<string> = fc.letrec<{ word: string }>((tie) => ({
  word: fc.oneof(
    { depthSize: 'small' },
    single,
    double,
    fc.constantFrom('a', 'b1', '""', 'a\\ b', '\\*'),
    variable.map((name) => `$${name}`),
    variable.map((name) => `"$${name}"`),
    variable.map((name) => `"\${${name}}x"`),
    fc
      .tuple(fc.constantFrom('A', 'B', 'U'), operator, tie('word'))
      .map(([name, op, alternative]) => `\${${name}${op}${alternative}}`),
    fc
      .tuple(fc.constantFrom('A', 'B'), trimmer, pattern)
      .map(([name, op, fit]) => `"\${${name}${op}${fit}}"`),
    fc.constantFrom('A', 'B', 'U').map((name) => `\${#${name}}`),
    arithmetic.map((expression) => `$((${expression}))`),
    tie('word').map((inner) => `"$(printf '%s' ${inner} z)"`),
    fc.tuple(tie('word'), tie('word')).map(([a, b]) => `${a}${b}`),
  ),
})).word;

const command = fc.letrec<{ command: string }>((tie) => ({
  command: fc.oneof(
    { depthSize: 'small' },
    fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => `printf '[%s]' ${words.join(' ')}; echo`),
    fc.tuple(fc.constantFrom('A', 'B', 'C'), word).map(([name, value]) => `${name}=${value}`),
    fc
      .array(word, { minLength: 1, maxLength: 3 })
      .map((words) => `set -- ${words.map((each) => `x${each}`).join(' ')}`),
    fc
      .tuple(tie('command'), fc.constantFrom(' && ', ' || ', '; ', '\n'), tie('command'))
      .map(([a, op, b]) => `{ ${a}; }${op}{ ${b}; }`),
    tie('command').map((inner) => `( ${inner} )`),
    tie('command').map((inner) => `! { ${inner}; }; echo $?`),
    fc
      .tuple(tie('command'), tie('command'), tie('command'))
      .map(([a, b, c]) => `if ${a}; then ${b}; else ${c}; fi`),
    fc
      .tuple(fc.array(word, { maxLength: 3 }), tie('command'))
      .map(([words, body]) => `for V in ${words.join(' ')}; do echo "$V"; ${body}; done`),
    fc
      .tuple(word, pattern, tie('command'))
      .map(([subject, fit, body]) => `case ${subject} in ${fit}) ${body};; *) echo else;; esac`),
    tie('command').map((inner) => `{ ${inner}; } | cat`),
    fc.constantFrom('true', 'false', '(exit 3)', 'echo $?', 'IFS=b', 'IFS=" "'),
    fc
      .tuple(word, fc.constantFrom('=', '!='), word)
      .map(([a, op, b]) => `[ "x"${a} ${op} "x"${b} ]; echo $?`),
  ),
})).command;

const prelude = "A='a b'; B=ab1; N=7; M=-3; cd /; set -f;";

test.skipIf(!busybox)('a random script does what busybox does', async () => {
  const machine = guest();
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 3 }), async (commands) => {
      const script = `${prelude}\n${commands.join('\n')}`;
      const real = spawnSync('busybox', ['sh', '-c', script, 'sh', 'p 1', 'q'], { encoding: 'latin1' });
      const ours = await sh(machine, script, '', ['sh', 'p 1', 'q']);
      expect({ out: ours.out, code: ours.code }).toEqual({ out: real.stdout, code: real.status });
    }),
    { numRuns: Number(process.env.BUSYBOX_RUNS ?? 60) },
  );
});
