import type { Socket } from 'node:net';
import { type EndListener, type Hypervisor, type ProcessEvent, SpawnError, type VmState } from './port.ts';
import { decoder, encode, type Failure, type Response } from './protocol.ts';

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
 * @param onLost called when the daemon closes it.
 */
export function remoteHypervisor(socket: Socket, onLost: () => void): RemoteHypervisor {
  const pending = new Map<number, Pending>();
  const subscriptions = new Map<number, (event: ProcessEvent) => void>();
  const endListeners: EndListener[] = [];
  const known = new Set<string>();
  let last = 0;
  let closing = false;

  const call = <T>(name: string, ...args: unknown[]): Promise<T> =>
    new Promise((resolve, reject) => {
      if (socket.destroyed) return reject(lost());
      const id = ++last;
      pending.set(id, { resolve, reject });
      socket.write(encode({ id, call: name, args }));
    });

  const receive = (message: Response) => {
    if ('subscription' in message) return subscriptions.get(message.subscription)?.(message.event);
    if ('end' in message) return tellEnd(message.end);
    const waiting = pending.get(message.id);
    pending.delete(message.id);
    if ('error' in message) waiting?.reject(errorOf(message.error));
    else waiting?.resolve(message.value as never);
  };

  const tellEnd: EndListener = (end) => {
    known.delete(end.box);
    for (const listener of endListeners) listener(end);
  };

  const decode = decoder((message) => {
    try {
      receive(message as Response);
    } catch (error) {
      // A listener's mistake is its owner's, not the connection's.
      queueMicrotask(() => {
        throw error;
      });
    }
  });
  socket.on('data', guarded(socket, decode));
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    for (const { reject } of pending.values()) reject(lost());
    pending.clear();
    if (closing) return;
    onLost();
    // The daemon died, and its VMs with it: everybody who waits is told.
    for (const listener of [...subscriptions.values()]) listener({ kind: 'exit', code: null });
    for (const box of [...known]) tellEnd({ box, code: null });
  });

  const follow: Hypervisor['follow'] = async (box, process, listener) => {
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
  };

  return {
    vms: async () => {
      const states = await call<VmState[]>('vms');
      for (const { box } of states) known.add(box);
      return states;
    },
    boot: async (spec) => {
      const booted = await call<{ pid: number }>('boot', spec);
      known.add(spec.box);
      return booted;
    },
    start: (box, process) => call('start', box, process),
    follow,
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

/** Nonsense from the other end ends the connection. */
function guarded(socket: Socket, decode: (data: Buffer) => void): (data: Buffer) => void {
  return (data) => {
    try {
      decode(data);
    } catch (error) {
      socket.destroy(error as Error);
    }
  };
}

const errorOf = (told: Failure): Error =>
  'failure' in told ? new SpawnError(told.failure) : new Error(told.message);
