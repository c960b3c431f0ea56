import { type Bytes, stringOf } from '../bytes.ts';
import { type OpenFile, release } from '../io/open-file.ts';
import { makePipe } from '../io/pipe.ts';
import { limits } from '../limits.ts';
import type { GuestProcess } from '../process/process.ts';
import { INT } from '../signals.ts';
import type { Node } from './ast.ts';
import { ShellFault } from './control.ts';
import { finish } from './finish.ts';
import { run } from './run.ts';
import type { Shell } from './shell.ts';
import { statusOf } from './status.ts';

const QUIT = 3;

/** Runs commands in a child that is a copy of this shell. `prepare` arranges the child's descriptors. */
export function forkShell(
  shell: Shell,
  body: Node,
  prepare: (child: GuestProcess) => void = () => {},
): GuestProcess {
  const child = shell.by.fork();
  prepare(child);
  const copy = shell.copy(child);
  shell.by.kernel.run(child, () => finish(copy, () => run(copy, body, true)));
  return child;
}

/** `( … )`. */
export async function subshell(shell: Shell, body: Node): Promise<number> {
  return statusOf(await shell.by.join(forkShell(shell, body)));
}

/** Commands joined by `|`; the status is the last one's, or the last failing one's with `pipefail`. */
export async function pipeline(shell: Shell, stages: Node[]): Promise<number> {
  const codes: number[] = [];
  for (const child of connected(shell, stages)) codes.push(statusOf(await shell.by.join(child)));
  const failed = shell.options.has('pipefail') ? codes.filter((code) => code !== 0).at(-1) : undefined;
  return failed ?? codes.at(-1) ?? 0;
}

/** Starts the stages, each reading what the one before it writes. */
function connected(shell: Shell, stages: Node[]): GuestProcess[] {
  let input: OpenFile | null = null;
  return stages.map((stage, index) => {
    const pipe = index < stages.length - 1 ? makePipe() : null;
    const source: OpenFile | null = input;
    input = pipe?.reader ?? null;
    try {
      return forkShell(shell, stage, (child) => {
        if (source) child.setFd(0, source);
        if (pipe) child.setFd(1, pipe.writer);
      });
    } catch (error) {
      // No process: what was started before must see its reader gone.
      if (source) release(source);
      throw error;
    }
  });
}

/** `… &`. Without job control such a command reads nothing and is not interrupted from the keyboard. */
export function background(shell: Shell, body: Node): number {
  const child = forkShell(shell, body, (made) => {
    made.setFd(0, shell.by.kernel.vfs.open(made, '/dev/null', { read: true }));
    made.handlers.set(INT, 'ignore');
    made.handlers.set(QUIT, 'ignore');
  });
  shell.jobs = [...shell.jobs.filter((job) => !job.ended || job.pid === shell.lastBackground), child];
  shell.lastBackground = child.pid;
  return 0;
}

/** `$(…)`. Zero bytes are dropped, as shells do. */
export async function capture(shell: Shell, body: Node): Promise<Bytes> {
  const { reader, writer } = makePipe();
  const child = forkShell(shell, body, (made) => made.setFd(1, writer));
  let text = '';
  try {
    for (;;) {
      const data = await reader.read(shell.by, limits.pipeBytes);
      if (data.length === 0) break;
      text += stringOf(data);
      if (text.length > limits.substitutionBytes) throw new ShellFault('out of memory');
      await shell.by.pause();
    }
  } finally {
    reader.close();
  }
  shell.lastCapture = statusOf(await shell.by.join(child));
  return text.replaceAll('\0', '').replace(/\n+$/, '');
}
