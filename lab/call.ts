import { execa } from 'execa';
import { InfrastructureError } from '../domain/infrastructure-error.ts';

/** Tells that something about the lab has to be put right by a person, or that the lab was lost; the message says what. */
export class LabError extends InfrastructureError {
  override name = 'LabError';
}

export interface CallOptions {
  timeoutMs: number;
  input?: Uint8Array;
  env?: Record<string, string | undefined>;
  /** Kills the program; what it then ended with is told as for a kill. */
  signal?: AbortSignal | undefined;
}

/** A Called says how a program of the host ended. */
export interface Called {
  /** null: killed by a signal, or never started. */
  exit: number | null;
  out: Buffer;
  err: Buffer;
  timedOut: boolean;
}

/** No tool of the lab has a reason to say more than this. */
const OUTPUT_MAX_BYTES = 64 * 1024 * 1024;

/** Runs a program of the host to its end, whatever that is. Never throws for a bad exit. */
export async function tryCall(argv: readonly string[], options: CallOptions): Promise<Called> {
  const [file = '', ...args] = argv;
  const done = await execa(file, args, {
    reject: false,
    encoding: 'buffer',
    stripFinalNewline: false,
    timeout: options.timeoutMs,
    maxBuffer: OUTPUT_MAX_BYTES,
    forceKillAfterDelay: 2_000,
    ...(options.input === undefined ? { stdin: 'ignore' as const } : { input: options.input }),
    ...(options.env === undefined ? {} : { env: options.env }),
    ...(options.signal === undefined ? {} : { cancelSignal: options.signal, killSignal: 'SIGKILL' as const }),
  });
  return {
    exit: done.exitCode ?? null,
    out: Buffer.from(done.stdout ?? []),
    err: Buffer.from(done.stderr?.length ? done.stderr : (done.originalMessage ?? '')),
    timedOut: done.timedOut,
  };
}

/**
 * Runs a program that must succeed, and gives its stdout.
 * @throws LabError with the command line, what it ended with, and the last lines it wrote.
 */
export async function call(argv: readonly string[], options: CallOptions): Promise<string> {
  const done = await tryCall(argv, options);
  if (done.exit === 0) return done.out.toString();
  throw new LabError(failureText(argv, done, options.timeoutMs));
}

/** Tells a failed call in words. */
function failureText(argv: readonly string[], done: Called, timeoutMs: number): string {
  const how = done.timedOut
    ? `was still running after ${Math.round(timeoutMs / 1000)} s`
    : `ended with ${done.exit === null ? 'a signal' : `exit code ${done.exit}`}`;
  const said = [done.out, done.err].map((b) => b.toString().trimEnd()).filter((text) => text !== '');
  const tail = said.join('\n').split('\n').slice(-15).join('\n');
  return `${abridged(argv)} ${how}${tail === '' ? '' : `:\n${tail}`}`;
}

const abridged = (argv: readonly string[]) => {
  const line = argv.join(' ').replaceAll('\n', ' ');
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
};
