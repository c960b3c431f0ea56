import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import type { CallOptions, SdkAnswer, SdkClient, SdkRequest } from '../../ports/session.ts';
import { cleanEnvironment } from '../environment.ts';
import type { Server } from '../rest.ts';
import { type Driven, drivenAttach } from './attach.ts';

/** How the driver of an SDK is started: `file args…`. */
export interface SdkProgram {
  readonly file: string;
  readonly args: readonly string[];
  /** Version of the SDK. */
  readonly version: string;
}

/** A line that a driver prints: the answer to a request, or what an attached execution has written or ended with. */
type Line = { readonly id: number; readonly ok?: unknown; readonly error?: SdkAnswer['error'] } | Driven;

/** Makes the client; its process is started by the first call. */
export function sdkClient(program: SdkProgram, server: Server): SdkClient {
  let running: Running | undefined;
  const process = (): Running => (running ??= start(program, server));
  const call = (request: SdkRequest, options: CallOptions) => process().call(request, options);
  return {
    call,
    attach: async (request, options) => {
      const { attaches } = process();
      const name = String(request.held_as);
      // Before the answer comes: the first output may be on its heels.
      const attach = drivenAttach(
        (method, more) => void call({ method, execution: name, ...more }, { timeoutMs: options.timeoutMs }),
      );
      attaches.set(name, attach);
      const answer = await call(request, options);
      if (answer.ok === undefined) return { refused: answer };
      attach.executionId = (answer.ok as { id: string }).id;
      return { socket: attach.socket };
    },
    drop: async () => {
      const dying = running;
      running = undefined;
      await dying?.end();
    },
  };
}

interface Running {
  call(request: SdkRequest, options: CallOptions): Promise<SdkAnswer>;
  readonly attaches: Map<string, ReturnType<typeof drivenAttach>>;
  end(): Promise<void>;
}

/** What a driver that dies has said before; more is not kept. */
const STDERR_LIMIT = 8_000;

function start({ file, args }: SdkProgram, { baseUrl: url, apiKey: key, prefix }: Server): Running {
  const child = spawn(file, args, {
    env: cleanEnvironment(globalThis.process.env, {}, tmpdir()),
    stdio: 'pipe',
    cwd: '/',
  });
  const waiting = new Map<number, (answer: SdkAnswer) => void>();
  const attaches: Running['attaches'] = new Map();
  let stderr = '';
  let ending: SdkAnswer | undefined;
  child.stderr.on('data', (chunk: Buffer) => (stderr = `${stderr}${chunk}`.slice(-STDERR_LIMIT)));
  child.stdin.on('error', () => {});
  const gone = new Promise<void>((resolve) => {
    const die = (text: string): void => {
      ending ??= { died: `${text}: ${stderr.trim()}` };
      for (const answer of waiting.values()) answer(ending);
      for (const attach of attaches.values()) attach.lost();
      resolve();
    };
    child.once('error', (error) => die(error.message));
    child.once('close', (code, signal) => die(`the driver ended with ${signal ?? code}`));
  });
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = JSON.parse(text) as Line;
    if ('of' in line) attaches.get(line.of)?.hear(line);
    else waiting.get(line.id)?.({ ok: line.error ? undefined : (line.ok ?? null), error: line.error });
  });
  let last = 0;
  const call: Running['call'] = ({ ...request }, { timeoutMs, signal }) => {
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
  void call({ method: 'connect', url, key, prefix: prefix || undefined }, { timeoutMs: CONNECT_MS });
  return { call, attaches, end: () => killed(child, gone) };
}

/** To load the SDK and make its client; the calls behind it have their own deadlines. */
const CONNECT_MS = 60_000;

async function killed(child: ChildProcess, gone: Promise<void>): Promise<void> {
  child.kill('SIGKILL');
  await gone;
}
