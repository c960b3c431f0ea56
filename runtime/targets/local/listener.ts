import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { InfrastructureError } from '../../../domain/infrastructure-error.ts';

const LOOPBACK = '127.0.0.1';
const ANSWER_MS = 5_000;
const KNOCK = 'knock';

let listening: Promise<number> | undefined;

/**
 * Makes sure that something answers on the loopback of this machine, over TCP and UDP: a box that gets no answer there
 * is believed only beside one who does. It stays as long as this process.
 * @returns its port
 * @throws InfrastructureError when nothing does.
 */
export async function listenHere(): Promise<number> {
  listening ??= listen();
  try {
    const port = await listening;
    const heard = await Promise.all([overTcp(port), overUdp(port)]);
    if (heard.every((one) => one === KNOCK)) return port;
    throw new Error(`of ${KNOCK} comes back ${JSON.stringify(heard)}`);
  } catch (error) {
    throw new InfrastructureError(`nothing answers on the loopback of this machine: ${error}`);
  }
}

/** As lab/guest/listener.pl: what is sent over TCP, the name that is asked for over UDP (TFTP). */
async function listen(): Promise<number> {
  const server = createServer((socket) => void socket.on('error', () => {}).pipe(socket));
  server.listen(0, LOOPBACK).unref();
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const udp = createSocket('udp4', (data, from) => {
    const name = data.subarray(2, data.indexOf(0, 2));
    udp.send(Buffer.concat([Buffer.from([0, 3, 0, 1]), name]), from.port, from.address);
  });
  udp.bind(port, LOOPBACK).unref();
  await once(udp, 'listening');
  return port;
}

async function overTcp(port: number): Promise<string> {
  const socket = connect({ port, host: LOOPBACK, signal: AbortSignal.timeout(ANSWER_MS) });
  socket.end(KNOCK);
  return text(socket);
}

async function overUdp(port: number): Promise<string> {
  const socket = createSocket('udp4');
  socket.send(Buffer.from(`\0\u0001${KNOCK}\0octet\0`), port, LOOPBACK);
  const got = once(socket, 'message', { signal: AbortSignal.timeout(ANSWER_MS) });
  const [data] = (await got.finally(() => socket.close())) as [Buffer];
  return data.subarray(4).toString();
}
