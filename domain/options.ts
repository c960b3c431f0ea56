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

/** Gives the variables of programs among the bytes of `/proc/PID/environ`, as pairs. */
export const variablesIn = (environ: Bytes): [Bytes, Bytes][] =>
  environ.split('\0').flatMap((entry): [Bytes, Bytes][] => {
    const equals = entry.indexOf('=');
    return entry.startsWith(PREFIX) ? [[entry.slice(0, equals), entry.slice(equals + 1)]] : [];
  });

const env = z
  .array(variable)
  .refine(
    (all) => variablesOf(all).reduce((sum, pair) => sum + utf8(pair.join('=')).length, 0) <= MOST_BYTES,
    `all variables together have at most ${MOST_BYTES} bytes`,
  );

/** Directories that every image has. */
export const directories = ['/', '/root', '/tmp', '/etc'] as const;

/**
 * Texts of `-u` with the ids that they stand for in every image, by /etc/passwd and /etc/group; null for one that it
 * does not know (contract 12.1).
 */
export const users = {
  root: { uid: 0, gid: 0 },
  '0:0': { uid: 0, gid: 0 },
  nobody: { uid: 65534, gid: 65534 },
  'nobody:root': { uid: 65534, gid: 0 },
  '65534': { uid: 65534, gid: 65534 },
  '1234': { uid: 1234, gid: 0 },
  '1234:': { uid: 1234, gid: 0 },
  '1234:56': { uid: 1234, gid: 56 },
  nosuchuser: null,
  'root:nosuchgroup': null,
} as const;

/** A User is one of them. */
export type User = keyof typeof users;

/** What may be asked for any process beside its command. */
export const processOptions = {
  env: env.optional(),
  workdir: z.enum(directories).optional(),
  user: z.enum(Object.keys(users) as User[]).optional(),
  /** A working directory that does not exist is asked for. */
  badWorkdir: z.boolean().optional(),
};

const processShape = z.object(processOptions);

/** ProcessOptions are those of one process. */
export type ProcessOptions = Readonly<z.infer<typeof processShape>>;

/** What may be asked for a box: how its processes are started, and how its command is told. */
export const boxOptions = {
  ...processOptions,
  /** Words of the command that are its entrypoint: the first, or all. `empty`: the list is given and has none. */
  entrypoint: z.enum(['one', 'all', 'empty']).optional(),
  /** REST only: a list of words is given and has none. */
  emptyCmd: z.boolean().optional(),
};

const boxShape = z.object(boxOptions);

/** BoxOptions are those of one box. */
export type BoxOptions = Readonly<z.infer<typeof boxShape>>;

/** Gives the options of a step alone. */
export function optionsOf(step: BoxOptions): BoxOptions {
  const names = Object.keys(boxOptions) as (keyof BoxOptions)[];
  return Object.fromEntries(names.flatMap((name) => (step[name] === undefined ? [] : [[name, step[name]]])));
}
