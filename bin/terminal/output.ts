import type { InvocationRecord } from '../../report/invocation-record.ts';
import { summaryLines } from '../../report/summary.ts';

/** Where a command writes: results to stdout, everything else to stderr when results are JSON. */
export interface Output {
  readonly json: boolean;
  /** One line for whoever watches. */
  log(line: string): void;
  /** The result of a run. */
  result(record: InvocationRecord, place: string): void;
  /** Any other result as data. */
  data(value: unknown): void;
}

/** Output of a command line: with `json`, stdout holds one JSON object and nothing else. */
export function newOutput(json: boolean): Output {
  const log = (line: string): void => {
    // A progress line may stand where this one goes.
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[2K');
    (json ? process.stderr : process.stdout).write(`${line}\n`);
  };
  const data = (value: unknown): void => {
    process.stdout.write(`${JSON.stringify(value)}\n`);
  };
  return {
    json,
    log,
    data,
    result(record, place) {
      if (json) data({ ...record, place });
      else for (const line of summaryLines(record, place)) log(line);
    },
  };
}
