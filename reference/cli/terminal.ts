import type { ReadStream, WriteStream } from 'node:tty';
import type { Stream } from '../backend/backend.ts';
import { Fault } from '../core/fault.ts';
import { defect } from '../defects/switch.ts';
import { own } from './own.ts';
import type { Parsed } from './parse.ts';

/**
 * Checks that what asks for a terminal has one (contract 2.2).
 * @throws Fault when stdin is none.
 */
export function checkTerminal(parsed: Parsed): void {
  if (parsed.on.has('tty') && !terminal() && !defect('terminal-unchecked'))
    throw new Fault('invalid-argument', 'the input device is not a TTY.');
}

/** The terminal that this call runs on. */
function terminal(): { keys: ReadStream; screen: WriteStream } | null {
  const [keys, screen] = [own().stdin as ReadStream, own().stdout as WriteStream];
  return keys.isTTY && screen.isTTY ? { keys, screen } : null;
}

/** Makes the caller's terminal that of a command: its keys and its size. Gives a function that ends it. */
export function lend(stream: Stream): () => void {
  const lent = terminal();
  if (!lent) return () => {};
  const { keys, screen } = lent;
  const tell = () => stream.resize(screen.rows, screen.columns);
  const isKept = defect('later-size-kept');
  if (!isKept) screen.on('resize', tell);
  keys.setRawMode(true);
  if (!defect('first-size-kept')) tell();
  return () => {
    screen.off('resize', tell);
    keys.setRawMode(false);
  };
}
