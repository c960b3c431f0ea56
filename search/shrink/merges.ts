import { verbs } from '../../commands/index.ts';
import { attachMode } from '../../domain/attach-mode.ts';
import type { Refers } from '../../model/refers.ts';
import type { Step } from '../../program/step.ts';
import { handleMade } from '../generate/handles.ts';
import type { Job } from './job.ts';
import { without } from './refs.ts';

/**
 * What a command showed in a running box, a box that is made for that command alone may show too (contract 2.2):
 * one step instead of two. Null when the program does not end in such a command.
 */
export function crossing({ steps, failing }: Job): Step[] | null {
  const last = failing === null ? undefined : steps[failing];
  if (!last || !('on' in last)) return null;
  const at = steps.findIndex((step) => handleMade(step) === last.on);
  const maker = steps[at];
  if (!maker || verbs[maker.op].toTheEnd || 'flaw' in maker) return null;
  const alone = possible(verbs[last.op].alone?.(last, maker));
  return alone && [...without(steps, new Set([at])), alone];
}

/** A step that was made of others; null where its verb has no such surface: no SDK runs in the foreground. */
export function possible(made: Refers | null | undefined): Step | null {
  if (!made) return null;
  const step = made as Step;
  const { surfaces } = verbs[step.op];
  return 'via' in step && step.via !== undefined && !surfaces.includes(step.via) ? null : step;
}

/**
 * The program without an attach and what detached the one before it from the same thing: what is done with the later
 * one is done with the earlier one. Null when there is no earlier one.
 */
export function reused(steps: readonly Step[], at: number): Step[] | null {
  const later = steps[at] as Step;
  const thing = thingOf(later);
  if (thing === null || !('as' in later)) return null;
  const before = steps.slice(0, at).findLastIndex((step) => thingOf(step) === thing);
  const earlier = steps[before];
  if (!earlier || !('as' in earlier)) return null;
  const isGone = (step: Step, index: number): boolean =>
    index === at || (index > before && index < at && leaves(step, earlier.as));
  return steps
    .filter((step, index) => !isGone(step, index))
    .map((step) =>
      'attach' in step && step.attach === later.as ? ({ ...step, attach: earlier.as } as Step) : step,
    );
}

/** What an attach is to; null for any other step. */
function thingOf(step: Step): string | null {
  if (verbs[step.op].makes !== 'att') return null;
  if ('exec' in step) return step.exec;
  return 'on' in step ? `main of ${step.on}` : null;
}

const leaves = (step: Step, attach: string): boolean =>
  verbs[step.op].effect === 'leaves' && 'attach' in step && step.attach === attach;

/**
 * The program with a command that writes by itself for one that echoes what it is sent, and nothing sent: most of
 * what goes wrong with a stream goes wrong with any output. Null when the step starts no such command, or when
 * nothing is sent to it before the failing step. What a read-only client sends never comes there.
 */
export function voiced(steps: readonly Step[], at: number, failing: number | null): Step[] | null {
  const spawn = steps[at];
  if (!spawn || verbs[spawn.op].makes !== 'exec' || !('work' in spawn) || spawn.work.do !== 'cat')
    return null;
  const exec = handleMade(spawn);
  const clients = new Set(
    steps.flatMap((step) =>
      'as' in step && 'exec' in step && step.exec === exec && attachMode(step) !== 'read-only'
        ? [step.as]
        : [],
    ),
  );
  const rest = steps.filter(
    (step, index) => index === failing || !('attach' in step && 'data' in step) || !clients.has(step.attach),
  );
  if (rest.length === steps.length) return null;
  return rest.map((step) => (step === spawn ? { ...spawn, work: { do: 'hold', out: 'up\n' } } : step));
}
