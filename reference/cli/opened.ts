import { Server, Socket } from 'node:net';

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
export function closeOpened(): void {
  for (const socket of sockets) socket.destroy();
  for (const server of servers) server.close(() => {});
  sockets.clear();
  servers.clear();
}
