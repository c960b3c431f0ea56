import type { Socket } from 'node:net';
import { encodeFrame, type Frame, frameReader, opcodes } from './frame.ts';
import { faultOf } from './http.ts';
import { dial, type Head, headText, readHead, type ServerAddress } from './wire.ts';

/** Longest wait for the handshake, milliseconds: a main attach may boot a box. */
const handshakeMs = 120_000;

/** An open WebSocket. */
export interface WebSocketLine {
  head: Head;
  send(kind: 'text' | 'binary', data: Buffer): void;
  /** Frames of the server in order; `null` is the end of the connection. */
  listen(listener: (frame: Frame | null) => void): void;
  close(): void;
}

/**
 * Opens a WebSocket.
 * @throws Fault of the envelope when the server refuses the upgrade.
 */
export async function openSocket(server: ServerAddress, path: string): Promise<WebSocketLine> {
  const socket = await dial(server, handshakeMs);
  socket.setNoDelay(true);
  socket.write(
    headText(server, 'GET', path, {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': Buffer.from(String(Math.random()).padEnd(16, '0').slice(0, 16)).toString('base64'),
    }),
  );
  const { head, rest } = await readHead(socket);
  if (head.status !== 101) throw await refused(socket, head, rest);
  socket.setTimeout(0);
  return lineOf(socket, head, rest);
}

async function refused(socket: Socket, head: Head, rest: Buffer) {
  const chunks = [rest];
  socket.resume();
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return faultOf(head.status, Buffer.concat(chunks));
}

function lineOf(socket: Socket, head: Head, rest: Buffer): WebSocketLine {
  const read = frameReader();
  return {
    head,
    send: (kind, data) => void socket.write(encodeFrame(opcodes[kind], data)),
    listen: (listener) => {
      const take = (chunk: Buffer) => {
        for (const frame of read(chunk)) handle(socket, frame, listener);
      };
      socket.on('data', take).on('close', () => listener(null));
      if (rest.length > 0) take(rest);
      socket.resume();
    },
    close: () => {
      socket.end(encodeFrame(opcodes.close, Buffer.from([3, 232])));
    },
  };
}

function handle(socket: Socket, frame: Frame, listener: (frame: Frame) => void): void {
  if (frame.opcode === opcodes.ping) socket.write(encodeFrame(opcodes.pong, frame.data));
  else if (frame.opcode === opcodes.close) socket.end(encodeFrame(opcodes.close, frame.data.subarray(0, 2)));
  else listener(frame);
}
