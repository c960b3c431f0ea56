import type { Socket } from 'node:net';
import { decoder, encode } from './frame.ts';
import type { Hub } from './hub.ts';
import { connect } from './local.ts';
import { type ProcessEvent, SpawnError } from './port.ts';
import type { Failure, Request, Response } from './protocol.ts';

/** Unsent bytes beyond which the guest's writers wait. */
const fullBytes = 1024 * 1024;

/**
 * Serves one connection until it ends, however it ends.
 * @param shutdown ends the daemon.
 */
export function serveConnection(socket: Socket, hub: Hub, shutdown: () => Promise<void>): void {
  const session = connect(hub);
  const drains = new Set<() => void>();
  const send = (response: Response) => {
    if (!socket.destroyed) socket.write(encode(response));
  };
  const full = () => !socket.destroyed && socket.writableLength > fullBytes;
  const drain = () => {
    for (const drained of drains) drained();
  };
  session.onEnd((end) => send({ end }));

  const answer = async (request: Request): Promise<unknown> => {
    switch (request.call) {
      case 'follow': {
        const [box, process, subscription] = request.args;
        const event = (event: ProcessEvent) => send({ subscription, event });
        drains.add(session.followWith(box, process, { event, full }));
        return null;
      }
      case 'hello':
        return process.pid;
      case 'shutdown':
        return shutdown();
      default:
        return (session[request.call] as (...args: unknown[]) => Promise<unknown>)(...request.args);
    }
  };
  const handle = (request: Request) =>
    answer(request).then(
      (value) => send({ id: request.id, value }),
      (error: unknown) => send({ id: request.id, error: failureOf(error) }),
    );

  const decode = decoder((message) => void handle(message as Request));
  socket.on('data', (data) => {
    try {
      decode(data);
    } catch {
      socket.destroy();
    }
  });
  socket.on('drain', drain);
  // A broken connection ends like a closed one.
  socket.on('error', () => socket.destroy());
  let over = false;
  const end = () => {
    if (over) return;
    over = true;
    drain();
    void session.close().catch(() => {});
  };
  // `end` comes some turns of the event loop before `close`, and the next client may be quick.
  socket.on('end', end);
  socket.on('close', end);
}

function failureOf(error: unknown): Failure {
  if (error instanceof SpawnError) return { failure: error.failure };
  return { message: error instanceof Error ? error.message : String(error) };
}
