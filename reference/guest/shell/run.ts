import { limits } from '../limits.ts';
import type { Node } from './ast.ts';
import { Jump, ShellFault } from './control.ts';
import { expandPattern, expandText, expandWords } from './expand.ts';
import { runText } from './finish.ts';
import { background, pipeline, subshell } from './fork.ts';
import { matches } from './pattern.ts';
import { redirected } from './redirect.ts';
import type { Shell } from './shell.ts';
import { simple } from './simple.ts';

type Of<Is extends Node['is']> = Extract<Node, { is: Is }>;

/**
 * Runs one command in this shell and sets `$?`.
 * @param tail nothing comes after it, so a program may replace the shell instead of being waited for, which is
 *   what makes `sh -c 'sleep 300'` one process.
 */
export async function run(shell: Shell, node: Node, tail = false): Promise<number> {
  await shell.by.pause();
  if (shell.traps.pending.length > 0) await runTraps(shell);
  shell.status = await dispatch(shell, node, tail && !shell.traps.any);
  if (shell.traps.pending.length > 0) await runTraps(shell);
  return shell.status;
}

function dispatch(shell: Shell, node: Node, tail: boolean): Promise<number> | number {
  switch (node.is) {
    case 'simple':
      return exitOnFailure(shell, simple(shell, node, tail));
    case 'pipeline':
      return exitOnFailure(shell, runPipeline(shell, node), node.negated);
    case 'sequence':
      return sequence(shell, node.items, tail);
    case 'and':
    case 'or':
      return andOr(shell, node, tail);
    case 'background':
      return background(shell, node.body);
    case 'if':
      return choose(shell, node, tail);
    case 'loop':
      return loop(shell, node);
    case 'for':
      return forEach(shell, node);
    case 'case':
      return select(shell, node, tail);
    case 'subshell':
      return exitOnFailure(shell, subshell(shell, node.body));
    case 'function':
      shell.functions.set(node.name, node.body);
      return 0;
    case 'redirected':
      return redirected(shell, node.redirections, () => run(shell, node.body));
  }
}

/** `set -e`. */
async function exitOnFailure(shell: Shell, result: Promise<number>, exempt = false): Promise<number> {
  const status = await result;
  if (status !== 0 && !exempt && shell.tested === 0 && shell.options.has('e')) throw new Jump('exit', status);
  return status;
}

/** Runs the commands of signals that have come; `$?` is what it was before. */
async function runTraps(shell: Shell): Promise<void> {
  const status = shell.status;
  for (let signal = shell.traps.pending.shift(); signal !== undefined; signal = shell.traps.pending.shift()) {
    const command = shell.traps.commands.get(signal);
    if (command) await runText(shell, command);
  }
  shell.status = status;
}

/** Runs a command whose failure is an answer, not an error. */
export async function test(shell: Shell, node: Node): Promise<number> {
  shell.tested += 1;
  try {
    return await run(shell, node);
  } finally {
    shell.tested -= 1;
  }
}

async function sequence(shell: Shell, items: Node[], tail: boolean): Promise<number> {
  let status = 0;
  for (const [index, item] of items.entries())
    status = await run(shell, item, tail && index === items.length - 1);
  return status;
}

async function runPipeline(shell: Shell, { stages, negated }: Of<'pipeline'>): Promise<number> {
  const [only] = stages;
  if (!negated) return pipeline(shell, stages);
  const status = stages.length === 1 && only ? await test(shell, only) : await pipeline(shell, stages);
  return status === 0 ? 1 : 0;
}

async function andOr(shell: Shell, { is, left, right }: Of<'and' | 'or'>, tail: boolean): Promise<number> {
  const status = await test(shell, left);
  return (status === 0) === (is === 'and') ? run(shell, right, tail) : status;
}

async function choose(
  shell: Shell,
  { condition, then, otherwise }: Of<'if'>,
  tail: boolean,
): Promise<number> {
  if ((await test(shell, condition)) === 0) return run(shell, then, tail);
  return otherwise ? run(shell, otherwise, tail) : 0;
}

async function loop(shell: Shell, { until, condition, body }: Of<'loop'>): Promise<number> {
  let status = 0;
  await looping(shell, async () => {
    if ((await test(shell, condition)) === 0 ? until : !until) return false;
    status = await run(shell, body);
    return true;
  });
  return status;
}

async function forEach(shell: Shell, { name, words, body }: Of<'for'>): Promise<number> {
  const values = words ? await expandWords(shell, words) : [...shell.args];
  let status = 0;
  let at = 0;
  await looping(shell, async () => {
    const value = values[at++];
    if (value === undefined) return false;
    shell.set(name, value);
    status = await run(shell, body);
    return true;
  });
  return status;
}

/** Repeats a round until it says no or a break leaves the loop. */
async function looping(shell: Shell, round: () => Promise<boolean>): Promise<void> {
  shell.loops += 1;
  try {
    while (await roundGoesOn(round)) {
      // Everything happens in the round.
    }
  } finally {
    shell.loops -= 1;
  }
}

async function roundGoesOn(round: () => Promise<boolean>): Promise<boolean> {
  try {
    return await round();
  } catch (error) {
    if (!(error instanceof Jump) || (error.to !== 'break' && error.to !== 'continue')) throw error;
    if (error.value > 1) throw new Jump(error.to, error.value - 1);
    return error.to === 'continue';
  }
}

async function select(shell: Shell, { subject, arms }: Of<'case'>, tail: boolean): Promise<number> {
  const text = await expandText(shell, subject);
  for (const { patterns, body } of arms) {
    for (const pattern of patterns) {
      if (matches(await expandPattern(shell, pattern), text)) return run(shell, body, tail);
    }
  }
  return 0;
}

/** Calls a function with its own positional parameters and locals. */
export async function callFunction(shell: Shell, body: Node, args: string[]): Promise<number> {
  if (shell.calls >= limits.callDepth) throw new ShellFault('function nesting too deep');
  const { args: outer, loops } = shell;
  shell.args = args;
  shell.loops = 0;
  shell.calls += 1;
  shell.locals.push(new Map());
  try {
    return await run(shell, body);
  } catch (error) {
    if (error instanceof Jump && error.to === 'return') return error.value;
    throw error;
  } finally {
    for (const [name, variable] of shell.locals.pop() ?? []) {
      if (variable) shell.variables.set(name, variable);
      else shell.variables.delete(name);
    }
    Object.assign(shell, { args: outer, loops });
    shell.calls -= 1;
  }
}
