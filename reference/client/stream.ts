import type { Ending, Sink, Stream } from '../backend/backend.ts';
import { own } from '../cli/own.ts';
import { type Frame, opcodes } from './frame.ts';
import type { WebSocketLine } from './socket.ts';

/** A stream on an open attach; it ends with the connection. */
export function streamOf(line: WebSocketLine, sink: Sink): Stream {
  const send = (frame: object) => line.send('text', Buffer.from(JSON.stringify(frame)));
  return {
    write: (data) => (data ? line.send('binary', data) : send({ type: 'stdin_eof' })),
    signal: (sig) => send({ type: 'signal', sig }),
    ended: ending(line, sink),
  };
}

const ending = (line: WebSocketLine, sink: Sink): Promise<Ending> =>
  new Promise((resolve) => {
    let code: number | null = null;
    line.listen((frame) => {
      if (frame === null) resolve(code === null ? { code, why: 'the connection was lost' } : { code });
      else if (frame.opcode === opcodes.text) code = exitIn(frame) ?? code;
      else sink[frame.data[0] === 2 ? 'err' : 'out'](frame.data.subarray(1));
    });
  });

/** The code of an exit frame; an error is told on stderr. */
function exitIn({ data }: Frame): number | undefined {
  const frame = JSON.parse(data.toString('utf8')) as { type?: string; exit_code?: number; message?: string };
  if (frame.type === 'error') own().stderr.write(`[boxlite] ${frame.message}\n`);
  return frame.type === 'exit' ? frame.exit_code : undefined;
}
