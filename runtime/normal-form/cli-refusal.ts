import type { Observation, RefusedObservation } from '../../domain/observation.ts';
import type { CliAnswer } from '../ports/session.ts';
import { broken } from './broken.ts';
import { readable } from './text.ts';

/** Traces of a crash, of Rust's and of node's kind. */
const CRASH = /panicked at|stack backtrace:|^\s+at .+:\d+:\d+\)?$/m;
const OPERATION_ERROR = /^Error: /m;
/** `Error starting box 'X': …` and its like come before the summary line (contract 2.5, 2.6). */
const ANY_ERROR = /^Error\b.*: /m;
const USAGE_ERROR = /^error: /m;
const USAGE_HELP = /^Usage:|--help/m;

/**
 * Says what no CLI answer may be, whatever was asked (contract 8.1): a hang, a panic, a death by signal. Null when
 * it is none of these.
 */
export function crashOf(answer: CliAnswer): Observation | null {
  const err = readable(answer.err);
  const tail = `boxlite ${answer.args.join(' ')}: ${err}`;
  if (answer.timedOut) return broken('hang', `no end after ${answer.ms} ms: ${tail}`);
  if (CRASH.test(err)) return broken('panic', tail);
  if (answer.exit === null)
    return broken('signal', `died by ${answer.signal ?? 'an unknown signal'}: ${tail}`);
  return null;
}

const refused = (exit: number, text: string): RefusedObservation => ({ is: 'refused', exit, text });

/** Gives a failed operation's answer: refused, or broken when the failure is not a typed one (contract 1.1, 8.2). */
export function refusalOf(answer: CliAnswer & { exit: number }): Observation {
  const err = readable(answer.err);
  if (answer.exit === 1 && ANY_ERROR.test(err)) return refused(1, err);
  if (answer.exit === 2 && USAGE_ERROR.test(err)) return refused(2, err);
  return broken(
    'untyped',
    `boxlite ${answer.args.join(' ')}: exit ${answer.exit} without an error line: ${err}`,
  );
}

/**
 * Says whether a foreground run or exec was refused rather than ended with its command's own 1 or 2: only BoxLite
 * begins a stderr line with `Error: `, and a usage error brings the usage along (contract 1.1).
 */
export function refusedForeground(answer: CliAnswer): RefusedObservation | null {
  const err = readable(answer.err);
  if (answer.exit === 1 && OPERATION_ERROR.test(err)) return refused(1, err);
  if (answer.exit === 2 && USAGE_ERROR.test(err) && USAGE_HELP.test(err)) return refused(2, err);
  return null;
}
