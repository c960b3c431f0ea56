import type { Call } from '../applets/applet.ts';
import { type Bytes, stringOf } from '../bytes.ts';
import type { GuestProcess } from '../process/process.ts';
import { INT } from '../signals.ts';
import { takeOptions } from './builtins/set.ts';
import { ShellFault } from './control.ts';
import { finish, runText } from './finish.ts';
import { interactive } from './interactive.ts';
import { Shell } from './shell.ts';

/** `sh -c SCRIPT [NAME ARG…]`, `sh FILE [ARG…]`, `sh` on stdin. */
export async function sh({ by, args }: Call): Promise<number> {
  const shell = new Shell(by);
  shell.set('PWD', by.cwd);
  return finish(shell, () => start(shell, args));
}

async function start(shell: Shell, args: Bytes[]): Promise<number> {
  const flags = { c: false, s: false, i: false, l: false };
  const ours = args.map((arg) => (/^-[a-z]+$/.test(arg) ? arg : null));
  const count = ours.indexOf(null);
  const options = args.slice(0, count < 0 ? args.length : count).map((arg) => strip(arg, flags));
  takeOptions(
    shell,
    options.filter((arg) => arg !== '-'),
  );
  const rest = args.slice(options.length);
  if (rest[0] === '--') rest.shift();
  if (flags.c) return command(shell, rest);
  const [file, ...params] = rest;
  if (file !== undefined && !flags.s) return script(shell, file, params);
  shell.args = rest;
  return interactive(shell, flags.i || shell.by.fd(0).terminal);
}

/** Takes the letters that are the shell's own out of an option argument. */
function strip(arg: Bytes, flags: Record<'c' | 's' | 'i' | 'l', boolean>): Bytes {
  return arg.replace(/[csil]/g, (letter) => {
    flags[letter as 'c'] = true;
    return '';
  });
}

async function command(shell: Shell, [text, name, ...args]: Bytes[]): Promise<number> {
  if (text === undefined) throw new ShellFault('-c requires an argument');
  shell.name = name ?? 'sh';
  shell.args = args;
  catchInterrupt(shell);
  return runText(shell, text, true);
}

/**
 * A shell given its script handles an interrupt: it ends itself by the signal. For PID 1 that signal is dropped,
 * and the shell exits with 130 instead (contract 2.2).
 */
function catchInterrupt({ by, traps }: Shell): void {
  traps.react(INT, () => by.end(by.isInit ? 130 : -INT));
}

async function script(shell: Shell, file: Bytes, args: Bytes[]): Promise<number> {
  shell.name = file;
  shell.args = args;
  const text = await wholeFile(shell.by, file);
  if (text === null) throw new ShellFault(`can't open '${file}': No such file or directory`);
  catchInterrupt(shell);
  return runText(shell, text, true);
}

async function wholeFile(by: GuestProcess, path: Bytes): Promise<Bytes | null> {
  const node = by.kernel.vfs.find(by.cwd, path);
  if (node?.kind !== 'file') return null;
  const content = node.content(false);
  try {
    return stringOf(content.read(0, content.size()));
  } finally {
    content.close();
  }
}
