import { Server, Socket } from 'node:net';
import { Readable, Writable } from 'node:stream';

const { defectsFromEnvironment } = await import('../defects/spoil.ts');
const { within } = await import('./own.ts');
const { answer } = await import('./main.ts');

/** One call of the command line program; `env` is the whole environment, without `stdin` it reads end-of-file. */
interface Call {
  readonly say: 'call';
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: Uint8Array | null;
}

/** What a resident process tells: that it can be called, what the call writes, and its exit code at the end. */
type Told =
  | { readonly say: 'ready' }
  | { readonly say: 'wrote'; readonly stream: 'out' | 'err'; readonly bytes: Uint8Array }
  | { readonly say: 'ended'; readonly exit: number };

const sockets = new Set<Socket>();
const servers = new Set<Server>();

/** Notes whatever is called on, before it is called. */
function noting<T extends object, K extends keyof T>(prototype: T, name: K, open: Set<T>): void {
  const original = prototype[name] as (this: T, ...args: unknown[]) => unknown;
  prototype[name] = function (this: T, ...args: unknown[]) {
    open.add(this);
    return original.apply(this, args);
  } as T[K];
}

noting(Socket.prototype, 'connect', sockets);
noting(Server.prototype, 'listen', servers);

/** Closes every connection and listening socket opened since this was loaded, or since the last time. */
function closeOpened(): void {
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close(() => {});
  sockets.clear();
  servers.clear();
}

/*
 * Serves calls of the command line program one after the other, so that a call costs no start of a process. What
 * the end of a process closes is closed after each call; defects are those of this process's own environment.
 */
const tell = (message: Told): void => {
  // Whoever started this process may go at any moment; nobody is left to be told then.
  if (process.connected) process.send?.(message, () => {});
};

const output = (stream: 'out' | 'err'): Writable =>
  new Writable({
    write(chunk: Buffer, _encoding, done) {
      tell({ say: 'wrote', stream, bytes: chunk });
      done();
    },
  });

async function serve({ args, env, stdin }: Call): Promise<void> {
  const streams = {
    stdin: Readable.from(stdin ? [Buffer.from(stdin)] : []),
    stdout: output('out'),
    stderr: output('err'),
  };
  const exit = await within({ env, ...streams }, () => answer(args));
  closeOpened();
  tell({ say: 'ended', exit });
}

// Work that a call left undone may fail when its connections are closed: a process of its own would be gone by then.
process.on('unhandledRejection', () => {});
// Ctrl-C reaches the whole group; this process ends with the one that started it.
process.on('SIGINT', () => {});
process.once('disconnect', () => process.exit(0));
process.on('message', (message: Call) => void serve(message));
await defectsFromEnvironment();
tell({ say: 'ready' });
