import type { Bytes } from '../bytes.ts';
import { bufferOf } from '../bytes.ts';
import { exec } from '../process/exec.ts';
import type { GuestProcess } from '../process/process.ts';
import { findProgram } from '../process/program.ts';
import type { Assignment, SimpleCommand } from './ast.ts';
import { builtins, isSpecial } from './builtins/table.ts';
import { Jump } from './control.ts';
import { expandText, expandWords } from './expand.ts';
import { contained } from './finish.ts';
import { redirected, redirectForGood } from './redirect.ts';
import { callFunction } from './run.ts';
import type { Shell, Variable } from './shell.ts';
import { deathNotice, statusOf } from './status.ts';

/** Runs a simple command: function, builtin or program. */
export async function simple(shell: Shell, command: SimpleCommand, tail: boolean): Promise<number> {
  shell.lastCapture = 0;
  const words = await expandWords(shell, command.words);
  const [name, ...args] = words;
  if (name === undefined) return onlyAssignments(shell, command);
  if (shell.options.has('x')) await trace(shell, words);
  if (name === 'exec') return replace(shell, command, args);
  const body = shell.functions.get(name);
  if (body) return inShell(shell, command, false, () => callFunction(shell, body, args));
  const builtin = Object.hasOwn(builtins, name) ? builtins[name] : undefined;
  if (builtin) return inShell(shell, command, isSpecial(name), async () => builtin(shell, args, name));
  return program(shell, command, words, tail);
}

async function trace(shell: Shell, words: Bytes[]): Promise<void> {
  await shell.by.write(2, bufferOf(`+ ${words.join(' ')}\n`));
}

async function onlyAssignments(shell: Shell, command: SimpleCommand): Promise<number> {
  const status = await redirected(shell, command.redirections, async () => 0);
  for (const { name, value } of command.assignments) shell.set(name, await expandText(shell, value));
  return status || shell.lastCapture;
}

/** Redirections and assignments hold for the command alone; assignments before a special builtin stay. */
function inShell(
  shell: Shell,
  command: SimpleCommand,
  special: boolean,
  body: () => Promise<number>,
): Promise<number> {
  return redirected(shell, command.redirections, async () => {
    const undo = await assign(shell, command.assignments);
    try {
      return await body();
    } finally {
      if (!special) undo();
    }
  });
}

async function assign(shell: Shell, assignments: Assignment[]): Promise<() => void> {
  const old: [Bytes, Variable | undefined][] = [];
  for (const { name, value } of assignments) {
    const text = await expandText(shell, value);
    const before = shell.variables.get(name);
    old.unshift([name, before ? { ...before } : undefined]);
    shell.set(name, text);
    const variable = shell.variables.get(name);
    if (variable) variable.exported = true;
  }
  return () => {
    for (const [name, variable] of old) {
      if (variable) shell.variables.set(name, variable);
      else shell.variables.delete(name);
    }
  };
}

/** Starts a program in a child and waits for it, or lets it take over the process at the very end. */
async function program(shell: Shell, command: SimpleCommand, words: Bytes[], tail: boolean): Promise<number> {
  if (tail) return become(shell, shell, command, words);
  const child = shell.by.fork();
  const copy = Object.create(shell, { by: { value: child } }) as Shell;
  shell.by.kernel.run(child, () => contained(copy, () => become(shell, copy, command, words)));
  return waitFor(shell, child);
}

async function waitFor(shell: Shell, child: GuestProcess): Promise<number> {
  const code = await shell.by.join(child);
  const notice = deathNotice(code);
  if (notice) await shell.by.write(2, bufferOf(`${notice}\n`)).catch(() => shell.by.check());
  return statusOf(code);
}

/** `exec`: redirections stay, and a program given takes the shell's place; its traps go with it. */
async function replace(shell: Shell, command: SimpleCommand, words: Bytes[]): Promise<number> {
  if (words.length === 0) return (await redirectForGood(shell, command.redirections)) ? 0 : 1;
  shell.traps.commands.clear();
  throw new Jump('exit', await become(shell, shell, command, words));
}

/** The child's part; `as` is the shell as seen from the child, whose descriptors are redirected. */
async function become(shell: Shell, as: Shell, command: SimpleCommand, words: Bytes[]): Promise<number> {
  if (!(await redirectForGood(as, command.redirections))) return 1;
  const environment = shell.environment();
  for (const { name, value } of command.assignments) environment.set(name, await expandText(as, value));
  return execWords(as, words, environment);
}

/** Finds and runs a program in the shell's process; 127 or 126 with a message where that cannot be. */
export async function execWords(
  shell: Shell,
  words: Bytes[],
  environment: Map<Bytes, Bytes>,
): Promise<number> {
  const [name = ''] = words;
  const { by } = shell;
  const found = findProgram(by.kernel.vfs, by.cwd, environment.get('PATH') ?? shell.get('PATH') ?? '', name);
  if (!found.found) {
    await shell.complain(`${name}: ${found.failure === 'not-found' ? 'not found' : 'Permission denied'}`);
    return found.failure === 'not-found' ? 127 : 126;
  }
  by.env = environment;
  return exec(by, found.path, words);
}
