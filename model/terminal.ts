import type { Bytes } from '../domain/bytes.ts';
import type { Data } from '../domain/fill.ts';
import type { Work } from '../domain/work.ts';
import { type Exec, type World, withExec } from './world.ts';

/** A process that may have a terminal. */
export interface OnTerminal {
  readonly tty?: boolean | undefined;
}

/** What arrives of what a process writes: a terminal gives every line its own end (contract 2.2). */
export const lineEnds = ({ tty }: OnTerminal, out: Bytes): Bytes =>
  tty ? out.replaceAll('\n', '\r\n') : out;

/** Those that write the same every time, whose complaints are not in their output. */
const plain: ReadonlySet<Work['do']> = new Set([
  ...(['print', 'die', 'flood', 'hold', 'gate', 'terminal'] as const),
  ...(['args', 'env', 'pwd', 'id', 'missing', 'directory'] as const),
]);

/**
 * Whether it can be told what comes of a process with a terminal: what it is fed would be echoed, and of two streams at
 * once one is made.
 */
export const isTellableOn = ({ tty }: OnTerminal, work: Work, stdin?: Data): boolean =>
  !tty || (stdin === undefined && plain.has(work.do) && !(work.do === 'flood' && work.to === 'both'));

/** The world after a terminal was given its size, which something may have waited for (contract 12.1). */
export function resized(
  world: World,
  exec: Exec,
  size: { readonly rows: number; readonly cols: number },
): World {
  const { work, handle } = exec;
  if (work.do !== 'terminal' || work.rows !== size.rows || work.cols !== size.cols) return world;
  const out = lineEnds(exec, `${size.rows} ${size.cols}\n`);
  return withExec(world, handle, { status: 'ending', codes: [0], out });
}
