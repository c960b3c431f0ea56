import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { type Bytes, fromBuffer, toBuffer } from '../../domain/bytes.ts';
import { InfrastructureError } from '../../domain/infrastructure-error.ts';
import type { CliAnswer } from '../ports/session.ts';
import { cleanEnvironment } from './environment.ts';
import type { Launch, LaunchOptions } from './launch.ts';

/** Makes calls served by processes that stay; `close` ends them. */
export interface ResidentLaunch {
  readonly launch: Launch;
  close(): Promise<void>;
}

export interface ResidentSetup {
  /** Module of the resident process. */
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
  /** Told the pid of each process that is started. */
  onPid(pid: number): void;
}

/** Tells the process to make a call: `env` whole; without `stdin` it reads end-of-file. */
interface Call {
  say: 'call';
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  stdin: Uint8Array | null;
}

/** Is what the process tells: once that it is ready, then what a call writes, and the call's end. */
type Told =
  | { say: 'ready' }
  | { say: 'wrote'; stream: 'out' | 'err'; bytes: Uint8Array }
  | { say: 'ended'; exit: number };

/** A process of ours that loads a few modules; the machine may be busy with dozens of them. */
const READY_MS = 60_000;

/**
 * Launches that cost no start of a process: each is served by a process that stays, one call at a time; a call
 * that is made while all are busy gets another one. A call that is killed takes its process with it.
 */
export function residentLaunch(setup: ResidentSetup): ResidentLaunch {
  const idle: ChildProcess[] = [];
  const all = new Set<ChildProcess>();
  const launch: Launch = async (args, options) => {
    const startedMs = performance.now();
    const child = idle.pop() ?? (await start(setup, all));
    const call = await serve(child, args, options, setup.env);
    if (child.connected && call.exit !== null) idle.push(child);
    return { args, ...call, ms: Math.round(performance.now() - startedMs) };
  };
  return { launch, close: async () => void (await Promise.all([...all].map(end))) };
}

async function start(setup: ResidentSetup, all: Set<ChildProcess>): Promise<ChildProcess> {
  const child = fork(setup.file, {
    env: cleanEnvironment(process.env, setup.env, tmpdir()),
    execArgv: ['--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    cwd: '/',
  });
  all.add(child);
  child.once('exit', () => all.delete(child));
  if (child.pid !== undefined) setup.onPid(child.pid);
  const ready = Promise.withResolvers<void>();
  const fail = () => ready.reject(new InfrastructureError(`${setup.file} does not start`));
  const timer = setTimeout(fail, READY_MS);
  child.once('message', () => ready.resolve());
  child.once('error', fail).once('exit', fail);
  await ready.promise.finally(() => clearTimeout(timer));
  child.off('exit', fail);
  return child;
}

/** Makes one call. It is over when the process tells its exit code, or when it is gone. */
function serve(child: ChildProcess, args: string[], options: LaunchOptions, env: ResidentSetup['env']) {
  const { promise, resolve, reject } = Promise.withResolvers<Omit<CliAnswer, 'args' | 'ms'>>();
  const written = { out: [] as Uint8Array[], err: [] as Uint8Array[] };
  let timedOut = false;
  const kill = () => child.kill('SIGKILL');
  const timer = setTimeout(() => {
    timedOut = true;
    kill();
  }, options.timeoutMs);
  const finish = (exit: number | null, signal: NodeJS.Signals | null) =>
    resolve({ exit, signal, timedOut, out: joined(written.out), err: joined(written.err) });
  const hear = (message: Told) => {
    if (message.say === 'wrote') written[message.stream].push(message.bytes);
    if (message.say === 'ended') finish(message.exit, null);
  };
  const gone = (code: number | null, signal: NodeJS.Signals | null) => {
    if (signal === 'SIGKILL') finish(null, signal);
    else reject(new InfrastructureError(`the resident process ended with ${signal ?? code} in a call`));
  };
  child.on('message', hear).once('exit', gone);
  options.signal?.addEventListener('abort', kill, { once: true });
  if (options.signal?.aborted) kill();
  const own = cleanEnvironment(process.env, { ...env, ...options.env }, tmpdir());
  const stdin = options.stdin === undefined ? null : toBuffer(options.stdin);
  child.send({ say: 'call', args, env: own, stdin } satisfies Call);
  return promise.finally(() => {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', kill);
    child.off('message', hear).off('exit', gone);
  });
}

const joined = (chunks: Uint8Array[]): Bytes => fromBuffer(Buffer.concat(chunks));

/** Ends a process by disconnecting; what does not go is killed. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  if (child.connected) child.disconnect();
  const timer = setTimeout(() => child.kill('SIGKILL'), 2_000);
  await gone.finally(() => clearTimeout(timer));
}
