import type { Socket } from 'node:net';
import { type EndListener, type Hypervisor, type ProcessEvent, SpawnError } from './port.ts';
import { type Response, speak } from './protocol.ts';

export interface RemoteHypervisor extends Hypervisor {
  /** Resolves when the daemon is well. */
  hello(): Promise<void>;
}

interface Pending {
  resolve: (value: never) => void;
  reject: (error: Error) => void;
}

const lost = () => new Error('the connection to the VM daemon was lost');

/**
 * The daemon's side of the port, over a connected socket.
 * @param onLost called when the daemon closes it, and takes its VMs with it.
 */
export function remoteHypervisor(socket: Socket, onLost: () => void): RemoteHypervisor {
  const pending = new Map<number, Pending>();
  const subscriptions = new Map<number, (event: ProcessEvent) => void>();
  const endListeners: EndListener[] = [];
  let last = 0;
  let closing = false;

  const send = speak<Response>(socket, (message) => {
    if ('subscription' in message) {
      subscriptions.get(message.subscription)?.(message.event);
    } else if ('end' in message) {
      for (const listener of endListeners) listener(message.end);
    } else {
      const waiting = pending.get(message.id);
      pending.delete(message.id);
      if ('value' in message) return waiting?.resolve(message.value as never);
      const { failure, message: text } = message.error;
      waiting?.reject(failure ? new SpawnError(failure) : new Error(text));
    }
  });

  const call = <T>(name: string, ...args: unknown[]): Promise<T> =>
    new Promise((resolve, reject) => {
      if (socket.destroyed) return reject(lost());
      const id = ++last;
      pending.set(id, { resolve, reject });
      send({ id, call: name, args });
    });

  socket.on('close', () => {
    for (const { reject } of pending.values()) reject(lost());
    pending.clear();
    if (closing) return;
    // Everybody who waits is told.
    for (const listener of [...subscriptions.values()]) listener({ kind: 'exit', code: null });
    onLost();
  });

  return {
    vms: () => call('vms'),
    boot: (spec) => call('boot', spec),
    start: (box, process) => call('start', box, process),
    follow: async (box, process, listener) => {
      const subscription = ++last;
      subscriptions.set(subscription, (event) => {
        if (event.kind === 'exit') subscriptions.delete(subscription);
        listener(event);
      });
      try {
        await call('follow', box, process, subscription);
      } catch (error) {
        subscriptions.delete(subscription);
        throw error;
      }
    },
    write: (box, process, data) => call('write', box, process, data),
    signal: (box, process, signal) => call('signal', box, process, signal),
    stop: (box) => call('stop', box),
    kill: (box) => call('kill', box),
    readTree: (box, path) => call('readTree', box, path),
    writeTree: (box, path, entries) => call('writeTree', box, path, entries),
    onEnd: (listener) => {
      endListeners.push(listener);
    },
    close: async () => {
      if (socket.destroyed) return;
      await call('close').catch(() => {});
      closing = true;
      subscriptions.clear();
      socket.end();
    },
    hello: () => call('hello'),
  };
}
