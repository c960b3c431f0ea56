import { z } from 'zod';
import { type Bytes, utf8 } from './bytes.ts';
import { text } from './text.ts';

/** How the name of every variable of a program begins, so that none of the image or the runtime is taken for one. */
const PREFIX = 'BC_';

const key = text.refine(
  (it) => it.startsWith(PREFIX) && !it.includes('='),
  `a variable of a program begins with ${PREFIX} and has no "=" in its name`,
);

/** What one process can be given: contract 12.1 goes no further. */
const MOST_BYTES = 60 * 1024;

const variable = z.union([
  z.strictObject({ key, value: text }),
  /** A value of so many times the same text. */
  z.strictObject({ key, fill: text.min(1), times: z.int().min(1).max(32_768) }),
  /** So many short variables with names of their own. */
  z.strictObject({ many: z.int().min(1).max(200) }),
]);

/** A Variable is one of those that a process is given, or many of them: size and pattern in place of long text. */
export type Variable = z.infer<typeof variable>;

function pairsOf(one: Variable): [string, string][] {
  if ('many' in one) return Array.from({ length: one.many }, (_, i) => [`${PREFIX}N${i}`, `${i}`]);
  return [[one.key, 'value' in one ? one.value : one.fill.repeat(one.times)]];
}

/** Gives names and values in order, as they are asked for: a name may come again. */
export const variablesOf = (env: readonly Variable[] = []): [string, string][] => env.flatMap(pairsOf);

/** Gives how many bytes all of them take as `NAME=value`, their ends not counted. */
export const variableBytesOf = (env: readonly Variable[]): number =>
  variablesOf(env).reduce((sum, pair) => sum + utf8(pair.join('=')).length, 0);

/** Gives the variables of programs among the bytes of `/proc/PID/environ`, as pairs. */
export const variablesIn = (environ: Bytes): [Bytes, Bytes][] =>
  environ.split('\0').flatMap((entry): [Bytes, Bytes][] => {
    const equals = entry.indexOf('=');
    return entry.startsWith(PREFIX) ? [[entry.slice(0, equals), entry.slice(equals + 1)]] : [];
  });

/** The variables of one process. */
export const env = z
  .array(variable)
  .refine(
    (all) => variableBytesOf(all) <= MOST_BYTES,
    `all variables together have at most ${MOST_BYTES} bytes`,
  );
