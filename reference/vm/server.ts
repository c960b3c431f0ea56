import type { Socket } from 'node:net';
import type { Hub } from './hub.ts';
import { connect } from './local.ts';
import { SpawnError } from './port.ts';
import { decoder, encode, type Failure, type Request, type Response } from './protocol.ts';

/** Serves one connection until it ends, however it ends. */
export function serveConnection(socket: Socket, hub: Hub): void {
  const session = connect(hub);
  const send = (response: Response) => {
    if (!socket.destroyed) socket.write(encode(response));
  };
  session.onEnd((end) => send({ end }));

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
  // A broken connection ends like a closed one.
  socket.on('error', () => socket.destroy());
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

function failureOf(error: unknown): Failure {
  if (error instanceof SpawnError) return { failure: error.failure };
  return { message: error instanceof Error ? error.message : String(error) };
}
