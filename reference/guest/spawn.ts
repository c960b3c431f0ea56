import { type ProcessSpec, SpawnError, type SpawnFailure } from '../vm/port.ts';
import { bytesOf } from './bytes.ts';
import { defaultEnv } from './disk/image.ts';
import { Execution, type Input } from './execution.ts';
import type { Hooks } from './hooks.ts';
import { type OpenFile, retain } from './io/open-file.ts';
import { Outlet } from './io/outlet.ts';
import { makeInlet } from './io/pipe.ts';
import { Terminal } from './io/terminal.ts';
import { exec } from './process/exec.ts';
import type { Kernel } from './process/kernel.ts';
import type { GuestProcess } from './process/process.ts';
import { findProgram } from './process/program.ts';
import { WINCH } from './signals.ts';

interface Streams {
  files: [OpenFile, OpenFile, OpenFile];
  input: Input;
  out: Outlet;
  err: Outlet | null;
  resize: (rows: number, cols: number) => void;
}

/**
 * Starts a process from outside the guest.
 * @throws SpawnError when its program or its directory is not what it should be.
 */
export function spawn(kernel: Kernel, id: string, spec: ProcessSpec, defect: Hooks): Execution {
  const argv = (defect('args-split') ? spec.argv.flatMap((arg) => arg.split(' ')) : spec.argv).map(bytesOf);
  const cwd = directoryOf(kernel, defect('cwd-ignored') ? '/' : spec.cwd);
  const env = environment(kernel, spec.env, defect);
  const path = program(kernel, cwd, env.get('PATH') ?? '', argv[0] ?? '', spec.argv[0] ?? '');
  const process = kernel.create({ ppid: spec.init ? 0 : 1, session: 0, isInit: spec.init });
  process.env = env;
  process.cwd = cwd;
  const streams = spec.tty ? terminal(kernel, process) : pipes();
  streams.files.forEach((file, fd) => {
    process.setFd(fd, file);
  });
  if (spec.followed) for (const outlet of [streams.out, streams.err]) outlet?.expectFollower();
  const execution = new Execution({ id, process, ...streams });
  spoil(execution, streams, defect);
  kernel.run(process, () => exec(process, path, argv));
  return execution;
}

function directoryOf(kernel: Kernel, cwd: string): string {
  const node = kernel.vfs.find('/', bytesOf(cwd || '/'));
  if (node?.kind === 'directory') return kernel.vfs.place('/', bytesOf(cwd || '/')).path;
  const reason = node ? 'Not a directory' : 'No such file or directory';
  throw new SpawnError('bad-cwd', `working directory '${cwd}': ${reason}`);
}

function environment(kernel: Kernel, given: Record<string, string>, defect: Hooks): Map<string, string> {
  const env = new Map(Object.entries({ ...defaultEnv, HOSTNAME: kernel.hostname }));
  if (defect('env-lost')) return env;
  const trim = defect('env-trimmed');
  for (const [name, value] of Object.entries(given))
    env.set(bytesOf(name), bytesOf(trim ? value.trim() : value));
  return env;
}

const reasons: Record<SpawnFailure, (shown: string) => string> = {
  'not-found': (shown) =>
    shown.includes('/')
      ? `executable '${shown}': No such file or directory`
      : `executable '${shown}' not found in $PATH`,
  'is-directory': (shown) => `executable '${shown}' is a directory`,
  'permission-denied': (shown) => `executable '${shown}': permission denied`,
  'bad-cwd': (shown) => `working directory '${shown}': No such file or directory`,
};

function program(kernel: Kernel, cwd: string, searchPath: string, name: string, shown: string): string {
  const found = findProgram(kernel.vfs, cwd, searchPath, name);
  if (found.found) return found.path;
  throw new SpawnError(found.failure, reasons[found.failure](shown));
}

function pipes(): Streams {
  const inlet = makeInlet();
  const out = new Outlet();
  const err = new Outlet();
  return { files: [inlet.reader, out.file, err.file], input: inlet, out, err, resize: () => {} };
}

function terminal(kernel: Kernel, process: GuestProcess): Streams {
  const out = new Outlet();
  const screen = new Terminal(out, (signal) => kernel.signalSession(process.session, signal));
  const input: Input = {
    push: async (data) => screen.type(data),
    end: () => screen.hangUp(),
  };
  const resize = (rows: number, cols: number) => {
    screen.size = { rows, cols };
    kernel.signalSession(process.session, WINCH);
  };
  return { files: [screen.file, retain(screen.file), retain(screen.file)], input, out, err: null, resize };
}

const fastMs = 50;

/** Seeded defects of one execution's streams and code. */
function spoil(execution: Execution, { out, err, input }: Streams, defect: Hooks): void {
  const startedMs = performance.now();
  if (defect('fast-stdout-lost')) {
    out.filter = (chunk) => (performance.now() - startedMs < fastMs ? chunk.subarray(0, 0) : chunk);
  }
  if (defect('output-corrupted')) out.filter = (chunk) => Buffer.from(chunk.toString('utf8'));
  if (defect('output-duplicated')) out.filter = (chunk) => Buffer.concat([chunk, chunk]);
  if (defect('output-truncated')) out.filter = withoutLastByte();
  if (err && defect('output-mixed')) {
    err.filter = (chunk) => {
      out.push(chunk);
      return chunk.subarray(0, 0);
    };
  }
  if (defect('stdin-eof-lost')) input.end = () => {};
  if (defect('stdin-truncated')) {
    const { push } = input;
    input.push = (data) => push(data.subarray(0, 1024));
  }
  if (defect('exit-code-zeroed')) execution.translate = () => 0;
  if (defect('signal-code-positive')) execution.translate = (code) => (code === null ? null : Math.abs(code));
}

function withoutLastByte(): (chunk: Buffer) => Buffer {
  let kept: Buffer = Buffer.alloc(0);
  return (chunk) => {
    const all = Buffer.concat([kept, chunk]);
    kept = all.subarray(-1);
    return all.subarray(0, -1);
  };
}
