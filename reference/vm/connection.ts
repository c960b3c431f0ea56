import type { Socket } from 'node:net';
import { defect } from '../defects/switch.ts';
import { readTree } from '../guest/disk/memory.ts';
import type { Listener } from '../guest/process.ts';
import type { Hub } from './hub.ts';
import { type Hypervisor, SpawnError } from './port.ts';
import { type Failure, type Request, type Response, speak } from './protocol.ts';

/** One connection: the owner of the VMs it boots as owner `connection`. */
export function connect(hub: Hub): Hypervisor {
  const owned = new Set<string>();
  const cleanups = new Set<() => void>();
  return {
    vms: async () => {
      // An owner that has just died is noticed first, so that whoever comes next sees what is left of it, not it.
      await new Promise((resolve) => setImmediate(resolve));
      await hub.settled();
      return hub.vms();
    },
    boot: async (spec) => {
      const vm = await hub.boot(spec);
      if (spec.owner === 'connection' && !defect('orphan-survives')) owned.add(spec.box);
      void vm.off.then(() => owned.delete(spec.box));
      return { pid: vm.pid };
    },
    start: async (box, process) => hub.start(box, process),
    follow: async (box, process, listener) => {
      cleanups.add(hub.process(box, process).follow(defect('exit-late') ? late(listener) : listener));
    },
    write: async (box, process, data) => hub.process(box, process).feed(data),
    signal: async (box, process, signal) => hub.process(box, process).signal(signal, 'outside'),
    resize: async (box, process, rows, cols) => hub.process(box, process).resize(rows, cols),
    stop: async (box) => ({ code: await hub.vm(box).stop() }),
    kill: async (box) => {
      await hub.vm(box).kill();
      return { code: null };
    },
    readTree: async (box, path) => readTree(hub.vm(box).machine.disk, path),
    writeTree: async (box, path, entries, user) => hub.vm(box).machine.unpack(path, entries, user),
    flush: async (box) => hub.vm(box).flush(),
    setPolicy: async (box, policy) => hub.vm(box).machine.setPolicy(policy),
    onEnd: (listener) => {
      cleanups.add(hub.onEnd(listener));
    },
    close: async () => {
      for (const cleanup of cleanups) cleanup();
      cleanups.clear();
      const running = hub.vms().filter(({ box }) => owned.has(box));
      await Promise.all(running.map(({ box }) => hub.vm(box).stop()));
    },
  };
}

const lateMs = 5000;

/** A follower that is told of the end later. */
const late =
  (listener: Listener): Listener =>
  (event) => {
    if (event.kind === 'exit') setTimeout(() => listener(event), lateMs).unref();
    else listener(event);
  };

/** Serves one connection until it ends, however it ends. */
export function serveConnection(socket: Socket, hub: Hub): void {
  const session = connect(hub);
  const answer = async (request: Request): Promise<unknown> => {
    switch (request.call) {
      case 'follow': {
        const [box, process, subscription] = request.args;
        return session.follow(box, process, (event) => send({ subscription, event }));
      }
      case 'hello':
        return null;
      default:
        return (session[request.call] as (...args: unknown[]) => Promise<unknown>)(...request.args);
    }
  };
  const send: (response: Response) => void = speak<Request>(socket, (request) => {
    const { id } = request;
    answer(request).then(
      (value) => send({ id, value }),
      (error: unknown) => send({ id, error: failureOf(error) }),
    );
  });
  session.onEnd((end) => send({ end }));
  let over = false;
  const end = () => {
    if (over) return;
    over = true;
    void session.close().catch(() => {});
  };
  // `end` comes some turns of the event loop before `close`, and the next client may be quick.
  socket.on('end', end);
  socket.on('close', end);
}

const failureOf = (error: unknown): Failure => ({
  message: error instanceof Error ? error.message : String(error),
  ...(error instanceof SpawnError ? { failure: error.failure } : {}),
});
