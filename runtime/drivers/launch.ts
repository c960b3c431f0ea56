import { tmpdir } from 'node:os';
import { execa, type Options } from 'execa';
import type { Bytes } from '../../domain/bytes.ts';
import { toBuffer } from '../../domain/bytes.ts';
import type { CliAnswer } from '../ports/session.ts';
import { collect } from './collect.ts';
import { cleanEnvironment } from './environment.ts';
import { letGoOfPipes } from './held-pipes.ts';
import { whyNotStarted } from './not-started.ts';

/** LaunchOptions are those of one CLI process. Without `stdin` it reads end-of-file at once. */
export interface LaunchOptions {
  stdin?: Bytes;
  env?: Record<string, string>;
  /** Milliseconds until the whole process group is killed and the answer says `timedOut`. */
  timeoutMs: number;
  signal?: AbortSignal;
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
    const { result, out, err } = await runToEnd(program, args, options);
    const refused = whyNotStarted(program.file, result);
    if (refused) throw refused;
    return {
      args,
      exit: result.exitCode ?? null,
      signal: result.signal ?? null,
      out,
      err,
      timedOut: result.timedOut,
      ms: Math.round(performance.now() - startedMs),
    };
  };
}

async function runToEnd(program: LocalProgram, args: string[], options: LaunchOptions) {
  const child = execa(program.file, [...(program.prefixArgs ?? []), ...args], execaOptions(program, options));
  const overflow = () => child.kill('SIGKILL');
  const out = collect(child.stdout, OUTPUT_LIMIT_BYTES, overflow);
  const err = collect(child.stderr, OUTPUT_LIMIT_BYTES, overflow);
  const pipes = [
    { stream: child.stdout, taken: out },
    { stream: child.stderr, taken: err },
  ];
  child.nodeChildProcess.once('exit', () => letGoOfPipes(pipes));
  const result = await child;
  return { result, out: out.bytes(), err: err.bytes() };
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
