import type { Bytes } from '../domain/bytes.ts';
import { type Data, expanded } from '../domain/fill.ts';
import { isCli, type Surface } from '../domain/surface.ts';
import type { Terminal } from '../domain/terminal.ts';
import type { Work } from '../domain/work.ts';
import { isSame } from './same.ts';
import { type Exec, type World, withExec } from './world.ts';

/** A process that may have a terminal. */
export interface OnTerminal {
  readonly via?: Surface | undefined;
  readonly tty?: boolean | undefined;
  /** CLI only: that of the client, whose size it has, and whose stdin is typed. */
  readonly terminal?: Terminal | undefined;
  readonly stdin?: Data | undefined;
}

/** Whether a CLI is asked for a terminal without one of its own (contract 2.2). */
export const lacksTerminal = ({ via, tty, terminal }: OnTerminal): boolean =>
  tty === true && via !== undefined && isCli(via) && terminal === undefined;

/** What arrives of what a process writes: a terminal gives every line its own end (contract 2.2). */
export const lineEnds = ({ tty }: OnTerminal, out: Bytes): Bytes =>
  tty ? out.replaceAll('\n', '\r\n') : out;

/** What a terminal shows by itself: what is typed on it. */
export const echoed = ({ stdin = '' }: OnTerminal): Bytes => expanded(stdin);

/** What a command writes that waits for the sizes of its client's terminal; null where these are others. */
export function sizesSeen({ terminal }: OnTerminal, work: Work): Bytes | null {
  if (!terminal || work.do !== 'terminal') return null;
  const { do: _, ...awaited } = work;
  if (!isSame(awaited, terminal)) return null;
  return [terminal, ...(terminal.resized ? [terminal.resized] : [])]
    .map(({ rows, cols }) => `${rows} ${cols}\n`)
    .join('');
}

/** Those that write the same every time, whose complaints are not in their output. */
const plain: ReadonlySet<Work['do']> = new Set([
  ...(['print', 'die', 'flood', 'hold', 'gate', 'terminal'] as const),
  ...(['args', 'env', 'pwd', 'id', 'missing', 'directory'] as const),
]);

/** One line without control characters: what a terminal shows of several, and when, depends on who reads them. */
const isLine = (stdin: Data): boolean => /^[^\0-\x1f\x7f]{1,200}\n$/.test(expanded(stdin));

/**
 * Whether it can be told what comes of a process with a terminal: of what it is fed a line that it reads, and of two
 * streams at once none, for one is made of them. A client's terminal is only looked at where the process has one too.
 */
export function isTellableOn(process: OnTerminal, work: Work): boolean {
  const { via = 'rest', tty, terminal, stdin } = process;
  if (!tty) return terminal === undefined;
  if (terminal && !isCli(via)) return false;
  if (stdin !== undefined)
    return terminal !== undefined && !terminal.resized && work.do === 'cat' && isLine(stdin);
  if (work.do === 'terminal') return terminal ? sizesSeen(process, work) !== null : !work.resized;
  return !terminal?.resized && plain.has(work.do) && !(work.do === 'flood' && work.to === 'both');
}

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
