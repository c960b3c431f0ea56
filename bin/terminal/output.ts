import { visible } from '../../domain/visible.ts';
import { withoutKeys } from '../../files/secret.ts';
import type { InvocationRecord } from '../../report/invocation-record.ts';
import { summaryLines } from '../../report/summary.ts';

/** Where a command writes: results to stdout, everything else to stderr when results are JSON. */
export type Output = ReturnType<typeof newOutput>;

/** Output of a command line: with `json`, stdout holds one JSON object and nothing else. */
export function newOutput(json: boolean) {
  /** One line for whoever watches. */
  const log = (line: string): void => {
    // A progress line may stand where this one goes.
    if (process.stderr.isTTY && process.env.TERM !== 'dumb') process.stderr.write('\r\x1b[2K');
    (json ? process.stderr : process.stdout).write(`${shown(cut(withoutKeys(line)))}\n`);
  };
  /** A result as data. */
  const data = (value: unknown): void => {
    process.stdout.write(`${visible(withoutKeys(JSON.stringify(value)))}\n`);
  };
  /** The result of a run. */
  const result = (record: InvocationRecord, place: string): void => {
    if (json) data({ ...record, place });
    else for (const line of summaryLines(record, place)) log(line);
  };
  return { json, log, data, result };
}

/** A file or a server may say anything at any length. */
const LONGEST = 10_000;

const cut = (line: string): string =>
  line.length > LONGEST ? `${line.slice(0, LONGEST)}… (${line.length} characters)` : line;

/** A line as a terminal may have it: with our own colour, which it begins with, and no other control character. */
function shown(line: string): string {
  const [, on, text = '', off, rest = ''] = /^(\x1b\[3[0-9]m)(.*?)(\x1b\[39m)(.*)$/su.exec(line) ?? [];
  return on === undefined ? visible(line) : `${on}${visible(text)}${off}${visible(rest)}`;
}
