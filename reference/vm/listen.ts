import { linkSync, lstatSync, renameSync, rmSync } from 'node:fs';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';

/** A socket that is being served, and a way to ask whether its name still leads to it. */
export interface Listening {
  server: Server;
  isOurs: () => boolean;
  close: () => void;
}

/**
 * Listens under a path, so that of several daemons starting at once exactly one serves it: each listens under a name
 * of its own first and then claims the path in one step.
 * @returns null when another daemon serves the path already.
 */
export async function listen(
  path: string,
  onConnection: (socket: Socket) => void,
): Promise<Listening | null> {
  const own = `${path}.${process.pid}`;
  rmSync(own, { force: true });
  const server = createServer(onConnection);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(own, resolve);
  });
  const { ino } = lstatSync(own);
  const claimed = claim(own, path) || (!(await answers(path)) && takeOver(own, path));
  if (!claimed) {
    server.close();
    rmSync(own, { force: true });
    return null;
  }
  const isOurs = () => lstatSync(path, { throwIfNoEntry: false })?.ino === ino;
  const close = () => {
    if (isOurs()) rmSync(path, { force: true });
    rmSync(own, { force: true });
    server.close();
  };
  return { server, isOurs, close };
}

function claim(own: string, path: string): boolean {
  try {
    linkSync(own, path);
    rmSync(own);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === 'EEXIST') return false;
    throw error;
  }
}

/** The path is left from a daemon that was killed. */
function takeOver(own: string, path: string): boolean {
  renameSync(own, path);
  return true;
}

/** Whether somebody serves a socket. */
function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = dial(path);
    const tell = (alive: boolean) => {
      socket.destroy();
      resolve(alive);
    };
    socket.once('connect', () => tell(true));
    socket.once('error', () => tell(false));
  });
}
