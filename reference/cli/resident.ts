import { enableCompileCache } from 'node:module';
import { Readable, Writable } from 'node:stream';
import type { FromResident, ToResident } from './resident-messages.ts';

enableCompileCache();
const { defectsFromEnvironment } = await import('../defects/spoil.ts');
const { within } = await import('./own.ts');
const { closeOpened } = await import('./opened.ts');
const { answer } = await import('./main.ts');

/*
 * Serves calls of the command line program one after the other, so that a call costs no start of a process. What
 * the end of a process closes is closed after each call; defects are those of this process's own environment.
 */
const tell = (message: FromResident): void => {
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

async function serve({ args, env, stdin }: Extract<ToResident, { say: 'call' }>): Promise<void> {
  const call = { env, stdin: Readable.from(stdin ? [Buffer.from(stdin)] : []), ...outputs() };
  const exit = await within(call, () => answer(args));
  closeOpened();
  tell({ say: 'ended', exit });
}

const outputs = () => ({ stdout: output('out'), stderr: output('err') });

// Work that a call left undone may fail when its connections are closed: a process of its own would be gone by then.
process.on('unhandledRejection', () => {});
// Ctrl-C reaches the whole group; this process ends with the one that started it.
process.on('SIGINT', () => {});
process.once('disconnect', () => process.exit(0));
process.on('message', (message: ToResident) => void serve(message));
await defectsFromEnvironment();
tell({ say: 'ready' });
