import { once } from 'node:events';
import type { Ending, Stream } from '../backend/backend.ts';
import { Fault } from '../core/fault.ts';
import { defect } from '../defects/switch.ts';
import { own } from './own.ts';
import { lend } from './terminal.ts';

/** Signals that a foreground CLI passes on to its command (contract 2.2). */
const forwarded = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGTERM: 15 } as const;

/** Connects a stream with this process until it ends. */
export async function pump(
  stream: Stream,
  { stdin, tty }: { readonly stdin: boolean; readonly tty: boolean },
): Promise<Ending> {
  const stopForwarding = forward(stream);
  const giveBack = tty ? lend(stream) : () => {};
  if (stdin) {
    own().stdin.on('data', (data: Buffer) => stream.write(data));
    own().stdin.on('end', () => stream.write(null));
  } else {
    stream.write(null);
  }
  const end = await stream.ended;
  if (stdin && tty && defect('end-waits-for-a-key')) await once(own().stdin, 'data');
  stopForwarding();
  giveBack();
  if (stdin) own().stdin.destroy();
  return tty && defect('terminal-code-zero') ? { ...end, code: 0 } : end;
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
