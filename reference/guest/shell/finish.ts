import type { Bytes } from '../bytes.ts';
import { Errno } from '../errno.ts';
import { Jump, ShellFault } from './control.ts';
import { Parser } from './parse.ts';
import { run } from './run.ts';
import type { Shell } from './shell.ts';
import { SyntaxFault } from './syntax-error.ts';
import { EXIT } from './traps.ts';

/** Runs a shell's commands to their end, its EXIT trap included. Gives the exit code. */
export async function finish(shell: Shell, body: () => Promise<number>): Promise<number> {
  const status = await contained(shell, body);
  const trap = shell.traps.commands.get(EXIT);
  if (trap === undefined) return status;
  shell.traps.commands.delete(EXIT);
  shell.status = status;
  return contained(shell, async () => {
    await runText(shell, trap);
    return status;
  });
}

/** Turns what ends a shell early into its exit code and a message. */
export async function contained(shell: Shell, body: () => Promise<number>): Promise<number> {
  try {
    return (await body()) & 255;
  } catch (error) {
    if (error instanceof Jump) return error.value & 255;
    if (error instanceof SyntaxFault || error instanceof ShellFault) {
      await shell.complain(error.message);
      return error instanceof ShellFault ? error.status : 2;
    }
    if (!(error instanceof Errno)) throw error;
    await shell.complain(error.code === 'EAGAIN' ? `can't fork: ${error.message}` : error.message);
    return 2;
  }
}

/**
 * Runs script text in this shell, complete command by complete command.
 * @param last nothing is run after it, so its last command may take over the process.
 */
export async function runText(shell: Shell, text: Bytes, last = false): Promise<number> {
  const parser = new Parser(text);
  let status = 0;
  for (let node = parser.next(); node; node = parser.next())
    status = await run(shell, node, last && parser.done);
  return status;
}
