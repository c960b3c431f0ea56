import type { Observation, RefusedObservation } from '../../domain/observation.ts';
import type { CliAnswer } from '../ports/session.ts';
import { broken, parsed, readable } from './broken.ts';
import { cliInspectSchema, cliListSchema } from './schemas.ts';

/**
 * A CliExpecting says what a success of the verb looks like on stdout, which is matched exactly (contract 1.1):
 * `done` nothing · `id` the new box's id · `ended` the command's own output · `inspect` one box · `list` boxes as
 * JSON · `batch` each target as typed (start, stop, restart, rm).
 */
export type CliExpecting = 'done' | 'id' | 'ended' | 'inspect' | 'list' | 'batch';

/** Is an answer that tells an exit code. */
type Told = CliAnswer & { exit: number };

/**
 * Gives the normal form of a CLI answer (contract 1.1, 2). Pure; never throws.
 * @param targets for `batch`: the targets as typed. One alone gives `done` or `refused`, as over REST; more give
 * `batch`.
 */
export function fromCli(
  answer: CliAnswer,
  expecting: CliExpecting,
  targets: readonly string[] = [],
): Observation {
  const { exit, out, err } = answer;
  const command = commandOf(answer);
  const text = readable(err);
  const tail = `${command}:\n${text}`;
  // What no answer may be, whatever was asked (contract 8.1).
  if (answer.timedOut) return broken('hang', `no end after ${answer.ms} ms: ${tail}`);
  if (CRASH.test(text)) return broken('panic', `${command}:\n${fromCrash(text)}`);
  if (exit === null) return broken('signal', `died by ${answer.signal ?? 'an unknown signal'}: ${tail}`);
  const told = { ...answer, exit };
  if (expecting === 'ended') return refusedForeground(told) ?? { is: 'ended', code: exit, out, err };
  if (expecting === 'batch') return batch(told, targets);
  return exit === 0 ? success(readable(out), `stdout of ${command}`, expecting) : refusalOf(told);
}

/** What is quoted of a command line, characters: arguments may be long, and what it was answered matters more. */
const COMMAND = 200;

function commandOf({ args }: CliAnswer): string {
  const command = `boxlite ${args.join(' ')}`;
  return command.length <= COMMAND ? command : `${command.slice(0, COMMAND)}…`;
}

/** The crash, without what was logged before it. */
const fromCrash = (text: string): string => text.slice(Math.max(0, text.search(/^.*panicked at/mu)));

/** Traces of a crash, of Rust's and of node's kind. */
const CRASH = /panicked at|stack backtrace:|^\s+at .+:\d+:\d+\)?$/m;
const OPERATION_ERROR = /^Error: /m;
/** `Error starting box 'X': …` and its like come before the summary line (contract 2.5, 2.6). */
const ANY_ERROR = /^Error\b.*: /m;
const USAGE_ERROR = /^error: /m;
const USAGE_HELP = /^Usage:|--help/m;

/** Gives a failed operation's answer: refused, or broken when the failure is not a typed one (contract 1.1, 8.2). */
function refusalOf(told: Told): Observation {
  const { exit, err } = told;
  const text = readable(err);
  if (exit === 1 && ANY_ERROR.test(text)) return { is: 'refused', exit, text };
  if (exit === 2 && USAGE_ERROR.test(text)) return { is: 'refused', exit, text };
  return broken('untyped', `${commandOf(told)}: exit ${exit} without an error line:\n${text}`);
}

/**
 * Says whether a foreground run or exec was refused rather than ended with its command's own 1 or 2: only BoxLite
 * begins a stderr line with `Error: `, and a usage error brings the usage along (contract 1.1).
 */
function refusedForeground({ exit, err }: Told): RefusedObservation | null {
  const text = readable(err);
  if (exit === 1 && OPERATION_ERROR.test(text)) return { is: 'refused', exit, text };
  if (exit === 2 && USAGE_ERROR.test(text) && USAGE_HELP.test(text)) return { is: 'refused', exit, text };
  return null;
}

function success(out: string, what: string, expecting: 'done' | 'id' | 'inspect' | 'list'): Observation {
  switch (expecting) {
    case 'done':
      return out === '' ? { is: 'done' } : broken('malformed', `${what}: nothing expected, got ${out}`);
    case 'id':
      return /^[0-9A-Za-z]{12}\n$/.test(out)
        ? { is: 'done', id: out.trim() }
        : broken('malformed', `${what}: a box id and a newline expected, got ${JSON.stringify(out)}`);
    case 'inspect':
      return parsed(what, out, cliInspectSchema, ([box, ...more]) =>
        box && more.length === 0
          ? { is: 'box', box }
          : broken('malformed', `${what}: one box expected, got ${out}`),
      );
    case 'list':
      return parsed(what, out, cliListSchema, (boxes) => ({ is: 'boxes', boxes }));
  }
}

function batch(answer: Told, targets: readonly string[]): Observation {
  const out = readable(answer.out);
  const { ok, rest } = printedTargets(out, targets);
  if (rest !== '') {
    const what = `stdout of boxlite ${answer.args.join(' ')}`;
    return broken('malformed', `${what}: each target of ${JSON.stringify(targets)} at most once, got ${out}`);
  }
  if (answer.exit !== 0) {
    const refusal = refusalOf(answer);
    if (refusal.is === 'broken' || answer.exit === 2 || targets.length === 1) return refusal;
  } else if (targets.length === 1) {
    return ok[0] ? { is: 'done' } : broken('malformed', `exit 0, but ${targets[0]} was not printed`);
  }
  const each = targets.map((text, index) => ({ text, ok: ok[index] ?? false }));
  return { is: 'batch', each, exit: answer.exit, err: readable(answer.err) };
}

/**
 * Says which targets of a batch were done: each success prints the target as typed and a newline (contract 2.5,
 * 2.6), in the order given. `rest` is what is printed beyond that. A target typed twice and printed once is taken
 * to have succeeded the first time.
 */
function printedTargets(out: string, targets: readonly string[]): { ok: boolean[]; rest: string } {
  let rest = out;
  const ok = targets.map((text) => {
    const line = `${text}\n`;
    if (!rest.startsWith(line)) return false;
    rest = rest.slice(line.length);
    return true;
  });
  return { ok, rest };
}
