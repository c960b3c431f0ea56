import { readFileSync } from 'node:fs';
import type { Terminal } from '../../domain/terminal.ts';

/** The script that runs a program on a terminal of its own: text for `perl -e`, here and in the lab's guest. */
export const terminalScript: string = readFileSync(
  new URL('./terminal.pl', import.meta.url),
  'utf8',
).trimEnd();

/** Words behind the script: the sizes. */
export const terminalWords = ({ rows, cols, resized }: Terminal): string[] =>
  [rows, cols, ...(resized ? [resized.rows, resized.cols] : [])].map(String);

/** Words of a command that runs on a terminal, where one is given. */
export const onTerminal = (argv: readonly string[], terminal: Terminal | undefined): readonly string[] =>
  terminal ? ['perl', '-e', terminalScript, ...terminalWords(terminal), '--', ...argv] : argv;
