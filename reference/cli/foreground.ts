import type { Ending, Stream } from '../backend/backend.ts';
import { Fault } from '../core/fault.ts';
import { defect } from '../defects/switch.ts';
import { own } from './own.ts';

/** Signals that a foreground CLI passes on to its command (contract 2.2). */
const forwarded = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGTERM: 15 } as const;

/** Connects a stream with this process until it ends. */
export async function pump(stream: Stream, stdin: boolean): Promise<Ending> {
  const stopForwarding = forward(stream);
  if (stdin) {
    own().stdin.on('data', (data: Buffer) => stream.write(data));
    own().stdin.on('end', () => stream.write(null));
  } else {
    stream.write(null);
  }
  const end = await stream.ended;
  stopForwarding();
  if (stdin) own().stdin.destroy();
  return end;
}

function forward(stream: Stream): () => void {
  const handlers = Object.entries(forwarded).map(
    ([name, number]) => [name, () => stream.signal(number)] as const,
  );
  for (const handler of handlers) process.on(...handler);
  return () => {
    for (const handler of handlers) process.off(...handler);
  };
}

/**
 * The exit code of a foreground verb: n, or 128+k for a death by signal k (contract 1.1).
 * @throws Fault when no code could be obtained.
 */
export function exitOf(end: Ending): number {
  if (end.code !== null && end.code < 0 && defect('signal-code-unmapped')) return -end.code;
  if (end.code && defect('code-flattened')) return 1;
  if (end.code !== null) return end.code < 0 ? 128 - end.code : end.code;
  throw new Fault(
    'internal',
    `exec did not complete normally: ${end.why ?? 'the box went down under the command'}`,
  );
}
