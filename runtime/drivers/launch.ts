import { tmpdir } from 'node:os';
import { execa, type Options } from 'execa';
import { type Bytes, toBuffer } from '../../domain/bytes.ts';
import { InfrastructureError } from '../../domain/infrastructure-error.ts';
import type { Terminal } from '../../domain/terminal.ts';
import { UnsendableError } from '../../domain/unsendable-error.ts';
import type { CallOptions, CliAnswer } from '../ports/session.ts';
import { cleanEnvironment } from './environment.ts';
import { onTerminal } from './on-terminal.ts';
import { collect, letGoOfPipes } from './pipes.ts';

/** LaunchOptions are those of one CLI process. At the deadline the whole process group is killed. */
export interface LaunchOptions extends CallOptions {
  /** Without it the process reads end-of-file at once. */
  stdin?: Bytes;
  env?: Record<string, string>;
  /** It runs on a terminal of its own, on which its stdin is typed; stderr stays apart. */
  terminal?: Terminal;
}

/**
 * Runs one CLI process to its end. Never rejects for a command that fails, is killed or times out; rejects
 * when the binary cannot be started at all, with an error that names it.
 */
export type Launch = (args: string[], options: LaunchOptions) => Promise<CliAnswer>;

/** A LocalProgram says what is launched: `file prefixArgs… args…`, with `env` on top of the clean environment. */
export interface LocalProgram {
  file: string;
  prefixArgs?: readonly string[];
  env?: Readonly<Record<string, string>>;
}

/** Output kept of each stream; a process that writes more is killed. */
export const OUTPUT_LIMIT_BYTES = 16 * 1024 * 1024;

/** Launches processes on this machine: no shell, raw bytes, a clean environment, its own process group. */
export function localLaunch(program: LocalProgram): Launch {
  return async (args, options) => {
    const startedMs = performance.now();
    const argv = [program.file, ...(program.prefixArgs ?? []), ...args];
    const [file = '', ...words] = onTerminal(argv, options.terminal);
    const child = execa(file, words, execaOptions(program, options));
    const overflow = () => child.kill('SIGKILL');
    const out = collect(child.stdout, OUTPUT_LIMIT_BYTES, overflow);
    const err = collect(child.stderr, OUTPUT_LIMIT_BYTES, overflow);
    child.nodeChildProcess.once('exit', () => letGoOfPipes([out, err]));
    const result = await child;
    const refused = whyNotStarted(file, result);
    if (refused) throw refused;
    return {
      args,
      exit: result.exitCode ?? null,
      signal: result.signal ?? null,
      out: out.bytes(),
      err: err.bytes(),
      timedOut: result.timedOut,
      ms: Math.round(performance.now() - startedMs),
    };
  };
}

function execaOptions(program: LocalProgram, options: LaunchOptions) {
  return {
    env: cleanEnvironment(process.env, { ...program.env, ...options.env }, tmpdir()),
    extendEnv: false,
    stdin: options.stdin === undefined ? 'ignore' : 'pipe',
    ...(options.stdin === undefined ? {} : { input: toBuffer(options.stdin) }),
    // Collected by hand: what was written before a deadline is evidence and must not be lost.
    buffer: false,
    reject: false,
    timeout: Math.max(1, Math.ceil(options.timeoutMs)),
    killSignal: 'SIGKILL',
    killDescendants: true,
    ...(options.signal ? { cancelSignal: options.signal } : {}),
  } as const satisfies Options;
}

/** Started is the part of a process's result that tells whether it ever ran. */
export interface Started {
  code?: string | undefined;
  exitCode?: number | undefined;
  signal?: string | undefined;
  originalMessage?: string | undefined;
}

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file, nor a program of that name on PATH',
  EACCES: 'it is not executable for this user, or a directory',
  ENOEXEC: 'it is no program this machine can run',
  ENOTDIR: 'a part of its path is not a directory',
  E2BIG: 'its arguments are longer than this machine allows',
};

/** Codes that say the machine is short of something: no fault of the binary. */
const SHORTAGE = new Set(['EAGAIN', 'ENOMEM', 'EMFILE', 'ENFILE']);

/**
 * Says why a binary could not be started, as an error to throw; null when it did run, whatever became of it. A
 * machine short of processes, memory or descriptors is an {@link InfrastructureError}, more words than it takes are an
 * {@link UnsendableError}: another call may well be made.
 */
export function whyNotStarted(
  file: string,
  { code, exitCode, signal, originalMessage }: Started,
): Error | null {
  if (exitCode !== undefined || signal !== undefined || code === undefined) return null;
  if (SHORTAGE.has(code))
    return new InfrastructureError(`cannot start ${file}: ${code}, the machine is short of resources`);
  const reason = REASONS[code];
  if (!reason && !code.startsWith('E')) return null;
  const text = `cannot start ${file}: ${reason ?? originalMessage ?? code} (${code})`;
  return code === 'E2BIG' ? new UnsendableError(text) : new Error(text);
}
