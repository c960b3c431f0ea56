import type { Ending, Stream } from '../backend/backend.ts';
import { own } from '../cli/own.ts';
import { encodeFrame, type Frame, frameReader, opcodes } from './frame.ts';
import { refusal, request, type ServerAddress } from './http.ts';

/**
 * Attaches to a command by a WebSocket; the stream ends with the connection, which `leave` ends early.
 * @throws Fault of the envelope when the server refuses the upgrade.
 */
export async function openStream(server: ServerAddress, path: string): Promise<Stream & { leave(): void }> {
  const key = String(Math.random()).padEnd(16, '0').slice(0, 16);
  const answer = await request(server, 'GET', path, {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': Buffer.from(key).toString('base64'),
  });
  const { socket, status, rest } = answer;
  if (status !== 101) throw await refusal(answer);
  socket.setNoDelay(true).setTimeout(0);
  const send = (kind: 'text' | 'binary', data: Buffer) => void socket.write(encodeFrame(opcodes[kind], data));
  const control = (frame: object) => send('text', Buffer.from(JSON.stringify(frame)));
  const read = frameReader();
  const ended = new Promise<Ending>((resolve) => {
    let code: number | null = null;
    const take = (chunk: Buffer) => {
      for (const frame of read(chunk)) {
        if (frame.opcode === opcodes.ping) socket.write(encodeFrame(opcodes.pong, frame.data));
        else if (frame.opcode === opcodes.close)
          socket.end(encodeFrame(opcodes.close, frame.data.subarray(0, 2)));
        else code = shown(frame) ?? code;
      }
    };
    const lost = 'the connection was lost';
    socket.on('data', take).on('close', () => resolve(code === null ? { code, why: lost } : { code }));
    take(rest);
    socket.resume();
  });
  return {
    write: (data) => (data ? send('binary', data) : control({ type: 'stdin_eof' })),
    signal: (sig) => control({ type: 'signal', sig }),
    resize: (rows, cols) => control({ type: 'resize', rows, cols }),
    ended,
    leave: () => void socket.end(encodeFrame(opcodes.close, Buffer.from([3, 232]))),
  };
}

/** Shows what a frame says, bytes and errors; the code of an exit frame. */
function shown({ opcode, data }: Frame): number | undefined {
  const { stdout, stderr } = own();
  if (opcode !== opcodes.text) {
    (data[0] === 2 ? stderr : stdout).write(data.subarray(1));
    return undefined;
  }
  const frame = JSON.parse(data.toString('utf8')) as { type?: string; exit_code?: number; message?: string };
  if (frame.type === 'error') stderr.write(`[boxlite] ${frame.message}\n`);
  return frame.type === 'exit' ? frame.exit_code : undefined;
}
