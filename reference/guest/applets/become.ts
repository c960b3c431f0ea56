import type { Bytes } from '../bytes.ts';
import { exec } from '../process/exec.ts';
import { findProgram } from '../process/program.ts';
import { type Call, complain, usage } from './applet.ts';

/** Replaces the calling program by another; 127 or 126 where that cannot be. */
export async function become(call: Call, argv: Bytes[]): Promise<number> {
  const { by } = call;
  const found = findProgram(by.kernel.vfs, by.cwd, by.env.get('PATH') ?? '', argv[0] ?? '');
  if (found.found) return exec(by, found.path, argv);
  const missing = found.failure === 'not-found';
  return complain(
    call,
    `can't execute '${argv[0]}': ${missing ? 'No such file or directory' : 'Permission denied'}`,
    missing ? 127 : 126,
  );
}

/** `nohup PROGRAM…`, `setsid PROGRAM…`, `nice PROGRAM…`: the program, as it is. */
export function plain(call: Call): Promise<number> {
  if (call.name === 'nohup') call.by.handlers.set(1, 'ignore');
  return call.args.length > 0 ? become(call, call.args) : usage(call);
}

/** Runs a program in a child of the calling one. */
export function start(call: Call, argv: Bytes[]): Call['by'] {
  const child = call.by.fork();
  call.by.kernel.run(child, () => become({ ...call, by: child }, argv));
  return child;
}
