import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import type { CallOptions, SdkAnswer, SdkRequest } from '../../ports/session.ts';
import { cleanEnvironment } from '../environment.ts';
import type { Driven, drivenAttach } from './attach.ts';

/** How the driver of an SDK is started: `file args…`. */
export interface SdkProgram {
  readonly file: string;
  readonly args: readonly string[];
  /** Version of the SDK. */
  readonly version: string;
  /** Kills it where it runs, if that is not here. */
  kill?(): Promise<void>;
}

/** A driver that runs: a JSON object a line each way, several requests at a time. */
export interface Driver {
  /** Never rejects: a process that dies, and an answer that does not come, are answers too. */
  call(request: SdkRequest, options: CallOptions): Promise<SdkAnswer>;
  /** Who hears of what is written by executions that are attached to, by the names that the driver holds them under. */
  readonly attaches: Map<string, ReturnType<typeof drivenAttach>>;
  /** Kills it. */
  end(): Promise<void>;
}

/** A line that it prints: the answer to a request, or what an attached execution has written or ended with. */
type Line = { readonly id: number; readonly ok?: unknown; readonly error?: SdkAnswer['error'] } | Driven;

/** Gives what a line says; null where it is no JSON object. */
function lineOf(text: string): Line | null {
  try {
    const line: unknown = JSON.parse(text);
    return typeof line === 'object' && line !== null ? (line as Line) : null;
  } catch {
    return null;
  }
}

/** What it has said on stderr before it dies; more is not kept. */
const STDERR_LIMIT = 8_000;

/** Starts a driver, in a process group of its own: an interrupt at the terminal is not for it. */
export function startDriver({ file, args, kill }: SdkProgram): Driver {
  const env = cleanEnvironment(process.env, {}, tmpdir());
  const child = spawn(file, args, { env, stdio: 'pipe', cwd: '/', detached: true });
  const waiting = new Map<number, (answer: SdkAnswer) => void>();
  const attaches: Driver['attaches'] = new Map();
  let stderr = '';
  let ending: SdkAnswer | undefined;
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = `${stderr}${chunk}`.slice(-STDERR_LIMIT);
  });
  child.stdin.on('error', () => {});
  const die = (text: string): void => {
    ending ??= { died: `${text}: ${stderr.trim()}` };
    for (const answer of waiting.values()) answer(ending);
    for (const attach of attaches.values()) attach.lost();
  };
  const gone = new Promise<void>((resolve) => {
    child.once('error', (error) => resolve(die(error.message)));
    child.once('close', (code, signal) => resolve(die(`the driver ended with ${signal ?? code}`)));
  });
  createInterface({ input: child.stdout }).on('line', (text) => {
    // What its death has cut off is no line.
    if (child.stdout.readableEnded) return;
    const line = lineOf(text);
    // Who prints something else answers nothing any more that could be trusted.
    if (line === null) {
      die(`the driver printed what is no message: ${text.slice(0, STDERR_LIMIT)}`);
      child.kill('SIGKILL');
    } else if ('of' in line) attaches.get(line.of)?.hear(line);
    else waiting.get(line.id)?.({ ok: line.error ? undefined : (line.ok ?? null), error: line.error });
  });
  let last = 0;
  const call: Driver['call'] = async (request, { timeoutMs, signal }) => {
    const id = ++last;
    const { promise, resolve } = Promise.withResolvers<SdkAnswer>();
    const timer = setTimeout(() => resolve({ hung: timeoutMs }), timeoutMs);
    const abort = () => resolve({ died: 'the call was given up by the caller' });
    signal?.addEventListener('abort', abort, { once: true });
    if (ending) resolve(ending);
    waiting.set(id, resolve);
    child.stdin.write(`${JSON.stringify({ ...request, id })}\n`);
    return promise.finally(() => {
      waiting.delete(id);
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    });
  };
  return {
    call,
    attaches,
    end: async () => {
      await kill?.().catch(() => {});
      child.kill('SIGKILL');
      await gone;
    },
  };
}
