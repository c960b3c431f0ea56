import { type Bytes, bufferOf } from '../bytes.ts';
import { Errno } from '../errno.ts';
import { type OpenFile, openFile, release, retain } from '../io/open-file.ts';
import type { Redirection } from './ast.ts';
import { expandText } from './expand.ts';
import type { Shell } from './shell.ts';

/** A redirection that failed: the message has been printed, the command is not run. */
class RedirectionFailed {
  readonly is = 'redirection-failed';
}

/** Runs something under redirections and puts the descriptors back afterwards. Status 1 when one fails. */
export async function redirected(
  shell: Shell,
  list: Redirection[],
  body: () => Promise<number>,
): Promise<number> {
  if (list.length === 0) return body();
  const saved = new Map<number, OpenFile | null>();
  try {
    for (const redirection of list) await apply(shell, redirection, (fd) => save(shell, saved, fd));
    return await body();
  } catch (error) {
    if (error instanceof RedirectionFailed) return 1;
    throw error;
  } finally {
    if (shell.by.ended) for (const file of saved.values()) file && release(file);
    else restore(shell, saved);
  }
}

/** Redirections that stay: of `exec` without a command, or of a child. false when one failed. */
export async function redirectForGood(shell: Shell, list: Redirection[]): Promise<boolean> {
  try {
    for (const redirection of list) await apply(shell, redirection, () => {});
    return true;
  } catch (error) {
    if (error instanceof RedirectionFailed) return false;
    throw error;
  }
}

function save(shell: Shell, saved: Map<number, OpenFile | null>, fd: number): void {
  if (saved.has(fd)) return;
  const file = shell.by.fds.get(fd);
  saved.set(fd, file ? retain(file) : null);
}

function restore(shell: Shell, saved: Map<number, OpenFile | null>): void {
  for (const [fd, file] of saved) {
    if (file) shell.by.setFd(fd, file);
    else shell.by.closeFd(fd);
  }
}

async function apply(shell: Shell, redirection: Redirection, change: (fd: number) => void): Promise<void> {
  switch (redirection.is) {
    case 'file': {
      const file = await open(shell, redirection.operator, await expandText(shell, redirection.target));
      change(redirection.fd);
      return shell.by.setFd(redirection.fd, file);
    }
    case 'both': {
      const file = await open(
        shell,
        redirection.append ? '>>' : '>',
        await expandText(shell, redirection.target),
      );
      change(1);
      change(2);
      shell.by.setFd(1, file);
      return shell.by.setFd(2, retain(file));
    }
    case 'duplicate':
      return duplicate(shell, redirection.fd, await expandText(shell, redirection.target), change);
    case 'here':
      change(redirection.fd);
      return shell.by.setFd(redirection.fd, documentFile(await expandText(shell, redirection.document.body)));
  }
}

async function duplicate(
  shell: Shell,
  fd: number,
  target: Bytes,
  change: (fd: number) => void,
): Promise<void> {
  const source = target === '-' ? null : /^\d+$/.test(target) ? shell.by.fds.get(Number(target)) : undefined;
  if (source === undefined) {
    await shell.complain(`${target}: ${new Errno('EBADF').message}`);
    throw new RedirectionFailed();
  }
  change(fd);
  if (source) shell.by.setFd(fd, retain(source));
  else shell.by.closeFd(fd);
}

async function open(shell: Shell, operator: '<' | '>' | '>>' | '<>', path: Bytes): Promise<OpenFile> {
  const { vfs } = shell.by.kernel;
  try {
    if (operator === '<') return vfs.open(shell.by, path, { read: true });
    const how = { write: true, create: true, read: operator === '<>', append: operator === '>>' };
    return vfs.open(shell.by, path, { ...how, truncate: operator === '>' });
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    await shell.complain(
      `can't ${operator === '<' ? 'open' : 'create'} ${path}: ${reason(error, operator === '<')}`,
    );
    throw new RedirectionFailed();
  }
}

/** The shell has words of its own for the commonest reason. */
function reason(error: Errno, reading: boolean): string {
  if (error.code !== 'ENOENT') return error.message;
  return reading ? 'no such file' : 'nonexistent directory';
}

function documentFile(text: Bytes): OpenFile {
  const data = bufferOf(text);
  let at = 0;
  return openFile({
    read: async (_, max) => {
      const piece = data.subarray(at, at + max);
      at += piece.length;
      return piece;
    },
  });
}
