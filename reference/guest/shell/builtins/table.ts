import { echo } from '../../applets/echo.ts';
import { kill } from '../../applets/kill.ts';
import { printf } from '../../applets/printf.ts';
import { test } from '../../applets/test.ts';
import { no, pwd, yes } from '../../applets/trivial.ts';
import type { Bytes } from '../../bytes.ts';
import type { Shell } from '../shell.ts';
import { fromApplet } from './applet.ts';
import { breakLoop, continueLoop, exit, returnFrom } from './jumps.ts';
import { command, dot, evaluate, type } from './meta.ts';
import { read } from './read.ts';
import { setOptions, shift } from './set.ts';
import { cd, umask } from './state.ts';
import { trap } from './trap.ts';
import { exportNames, local, readonlyNames, unset } from './variables.ts';
import { wait } from './wait.ts';

/** A command the shell carries out itself. Gives its status. */
export type Builtin = (shell: Shell, args: Bytes[], name: Bytes) => number | Promise<number>;

const special = new Set([
  ':',
  '.',
  'break',
  'continue',
  'eval',
  'exit',
  'export',
  'readonly',
  'return',
  'set',
  'shift',
  'trap',
  'unset',
]);

/** Whether assignments before it stay in force after it (POSIX 2.14). */
export const isSpecial = (name: Bytes): boolean => special.has(name);

export const builtins: Record<Bytes, Builtin> = {
  ':': () => 0,
  '.': dot,
  '[': fromApplet(test),
  break: breakLoop,
  cd,
  command,
  continue: continueLoop,
  echo: fromApplet(echo),
  eval: evaluate,
  exit,
  export: exportNames,
  false: fromApplet(no),
  hash: () => 0,
  kill: fromApplet(kill),
  local,
  printf: fromApplet(printf),
  pwd: fromApplet(pwd),
  read,
  readonly: readonlyNames,
  return: returnFrom,
  set: setOptions,
  shift,
  test: fromApplet(test),
  trap,
  true: fromApplet(yes),
  type,
  ulimit: () => 0,
  umask,
  unset,
  wait,
};
