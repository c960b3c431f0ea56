import type { Data } from '../domain/fill.ts';
import type { Terminal } from '../domain/terminal.ts';
import type { Work } from '../domain/work.ts';
import { without } from './shrink.ts';
import { terminals, writingLines } from './values.ts';

/** What is asked for beside a command. */
interface Asked {
  readonly stdin?: Data | undefined;
  readonly tty?: boolean | undefined;
  readonly terminal?: Terminal | undefined;
}

/** The size alone. */
export const sizeOf = ({ rows, cols }: Terminal): Terminal => ({ rows, cols });

const [first] = terminals;

/** Commands that wait for the size of their terminal, and for another one that it has later. */
const waiting = terminals.flatMap((work, i): (Asked & { work: Work })[] => {
  const resized = sizeOf(terminals[i + 1] ?? first);
  const terminal = sizeOf(work);
  return [
    { work, tty: true, terminal },
    { work: { ...work, resized }, tty: true, terminal: { ...terminal, resized } },
  ];
});

/** Commands of a client on a terminal: what they write, what is typed, the sizes; and of one without a terminal. */
export const onTerminals: (Asked & { work: Work })[] = [
  ...writingLines.map((work) => ({ work, tty: true, terminal: sizeOf(first) })),
  { work: { do: 'cat' }, stdin: 'typed\n', tty: true, terminal: sizeOf(first) },
  ...waiting,
  { work: writingLines[0] as Work, tty: true },
];

/** Flags that connect a command with its client. */
export const terminalFlags = ({ stdin, tty }: Asked): string[] => [
  ...(stdin === undefined ? [] : ['-i']),
  ...(tty ? ['-t'] : []),
];

/** The step without a terminal, or with one that keeps its size; its command is in `field`. */
export function* simplerTerminal<F extends 'work' | 'main', S extends Asked & { [K in F]: Work }>(
  step: S,
  field: F,
): Iterable<S> {
  if (!step.terminal) return yield* without(step, 'tty');
  const { tty: _tty, terminal: _terminal, ...rest } = step;
  yield rest as unknown as S;
  const work: Work = step[field];
  if (work.do !== 'terminal' || !step.terminal.resized) return;
  const [terminal] = without(step.terminal, 'resized');
  const [kept] = without(work, 'resized');
  yield { ...step, terminal, [field]: kept };
}
