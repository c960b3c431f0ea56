import { execa } from 'execa';
import { fromBuffer } from '../../domain/bytes.ts';
import { readProcess } from '../../machine/process.ts';
import { readable } from '../normal-form/broken.ts';
import { cleanEnvironment } from './environment.ts';
import { type Started, whyNotStarted } from './launch.ts';

/** Holds a `boxlite serve` that runs on this machine. */
export interface ServeProcess {
  readonly pid: number;
  readonly port: number;
  /** `http://127.0.0.1:PORT` */
  readonly baseUrl: string;
  alive(): boolean;
  /** What it has printed since a time (ms since epoch). */
  logSince(ms: number): string;
  /** Sends a signal and waits; false when it has not ended after `graceMs`, and is killed then. */
  end(signal: NodeJS.Signals, graceMs: number): Promise<boolean>;
}

/** Says what is started, and on which port: 0 is any free one. */
export interface ServeSetup {
  file: string;
  prefixArgs: readonly string[];
  env: Readonly<Record<string, string>>;
  home: string;
  apiKey: string;
  port: number;
  readyMs: number;
  /** Is told the pid as soon as there is one, before the server is ready. */
  onPid(pid: number): void;
}

/** The line by which a server says that it is ready (contract 4.1). */
const READY = /listening on (http:\/\/\S+)\s/;

/**
 * Starts a server and waits until it says where it listens.
 * @throws an error with the end of its log when it ends first or is not ready in time; a busy port is named.
 */
export async function startServe(setup: ServeSetup): Promise<ServeProcess> {
  const child = spawnServe(setup);
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  if (child.pid !== undefined) setup.onPid(child.pid);
  const log = serveLog();
  const ready = Promise.withResolvers<URL>();
  listen(child, log, ready.resolve);
  const gone = endOf(child).then((end) => {
    process.off('exit', kill);
    const text = `ended at once (${end.signal ?? `exit ${end.exitCode}`})`;
    ready.reject(whyNotStarted(setup.file, end) ?? notReady(setup, log, text));
  });
  const late = () => ready.reject(notReady(setup, log, `is not ready after ${setup.readyMs} ms`));
  const timer = setTimeout(late, setup.readyMs);
  const end = async (signal: NodeJS.Signals, graceMs: number) => {
    let byItself = true;
    child.kill(signal);
    const force = setTimeout(() => {
      byItself = false;
      kill();
    }, graceMs);
    await gone;
    clearTimeout(force);
    return byItself;
  };
  try {
    const { port, origin: baseUrl } = await ready.promise;
    const pid = child.pid as number;
    // Asked of the kernel: node learns of a death only when its event loop comes round.
    const alive = () => readProcess(pid)?.ppid === process.pid;
    return { pid, port: Number(port), baseUrl, alive, logSince: log.since, end };
  } catch (error) {
    await end('SIGINT', 0);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

type Child = ReturnType<typeof spawnServe>;

/** Keeps what the server prints and calls `onReady` at its ready line. */
function listen(child: Child, log: ServeLog, onReady: (url: URL) => void): void {
  let heard = false;
  const hear = (chunk: Uint8Array) => {
    log.add(readable(fromBuffer(chunk)));
    const url = heard ? null : READY.exec(log.since(0))?.[1];
    if (!url) return;
    heard = true;
    onReady(new URL(url));
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
}

/**
 * Waits for the process's end, not for that of its pipes: a box that lives on may hold these, and they stay open
 * for it, because a broken pipe would be this suite's doing.
 */
function endOf(child: Child): Promise<Started> {
  const exited = new Promise<Started>((resolve) => {
    child.nodeChildProcess.once('exit', (code, signal) => {
      resolve({ exitCode: code ?? undefined, signal: signal ?? undefined });
    });
  });
  return Promise.race([exited, child]);
}

function spawnServe({ file, prefixArgs, env, home, apiKey, port }: ServeSetup) {
  const args = ['--home', home, 'serve', '--host', '127.0.0.1', '--port', String(port)];
  return execa(file, [...prefixArgs, ...args], {
    env: cleanEnvironment(process.env, { ...env, BOXLITE_SERVE_API_KEY: apiKey }, home),
    extendEnv: false,
    stdin: 'ignore',
    buffer: false,
    reject: false,
    // Its own group: an interrupt typed at the suite's terminal is the suite's to handle.
    detached: true,
  });
}

function notReady({ file, port }: ServeSetup, log: ServeLog, what: string): Error {
  const text = log.since(0);
  const busy = /address (already )?in use/i.test(text);
  const hint = busy ? `: port ${port} is in use by another process` : '';
  return new Error(`${file} serve ${what}${hint}\n${text.slice(-2_000)}`);
}

/** Bytes of log kept in memory for one server. */
const LOG_LIMIT_BYTES = 2 * 1024 * 1024;

type ServeLog = ReturnType<typeof serveLog>;

/** Keeps what a server has logged, the latest part of it. */
function serveLog() {
  const parts: { at: number; text: string }[] = [];
  let sizeBytes = 0;
  return {
    add: (text: string) => {
      parts.push({ at: Date.now(), text });
      sizeBytes += text.length;
      while (sizeBytes > LOG_LIMIT_BYTES && parts.length > 1) sizeBytes -= parts.shift()?.text.length ?? 0;
    },
    /** Gives what was logged at or after a time (ms since epoch). */
    since: (ms: number) => {
      const kept = parts.filter((part) => part.at >= ms);
      return kept.map((part) => part.text).join('');
    },
  };
}
