import type { Observation } from '../../domain/observation.ts';
import type { CliAnswer } from '../ports/session.ts';
import { printedTargets } from './batch.ts';
import { boxOfInspect, boxOfList } from './box.ts';
import { broken, parsed } from './broken.ts';
import { crashOf, refusalOf, refusedForeground } from './cli-refusal.ts';
import { cliInspectSchema, cliListSchema } from './schemas.ts';
import { readable } from './text.ts';

/**
 * A CliExpecting says what a success of the verb looks like on stdout, which is matched exactly (contract 1.1):
 * `done` nothing · `id` the new box's id · `ended` the command's own output · `inspect` one box · `list` boxes as
 * JSON · `batch` each target as typed (start, stop, restart, rm).
 */
export type CliExpecting = 'done' | 'id' | 'ended' | 'inspect' | 'list' | 'batch';

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
  const crash = crashOf(answer);
  if (crash || answer.exit === null) return crash ?? broken('signal', 'no exit code');
  const told = { ...answer, exit: answer.exit };
  if (expecting === 'ended') return ended(told);
  if (expecting === 'batch') return batch(told, targets);
  return answer.exit === 0 ? success(answer, expecting) : refusalOf(told);
}

type Told = CliAnswer & { exit: number };

const ended = (answer: Told): Observation =>
  refusedForeground(answer) ?? { is: 'ended', code: answer.exit, out: answer.out, err: answer.err };

function success(answer: CliAnswer, expecting: 'done' | 'id' | 'inspect' | 'list'): Observation {
  const out = readable(answer.out);
  const what = `stdout of boxlite ${answer.args.join(' ')}`;
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
          ? { is: 'box', box: boxOfInspect(box) }
          : broken('malformed', `${what}: one box expected, got ${out}`),
      );
    case 'list':
      return parsed(what, out, cliListSchema, (boxes) => ({ is: 'boxes', boxes: boxes.map(boxOfList) }));
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
