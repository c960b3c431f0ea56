import type { Step } from '../../program/step.ts';
import { handleMade } from '../generate/handles.ts';
import type { Rules } from '../worlds/rules.ts';
import { alternatives } from './alternatives.ts';
import { type Answer, answersOf } from './answers.ts';
import type { Job } from './job.ts';
import type { Pass } from './pass.ts';
import { handlesUsed, restsOn, without } from './refs.ts';

/** Other arguments that are looked at for one step, and programs that are run for one removal. */
const LOOKED_AT = 120;
const TRIES = 2;

/**
 * A step may be there only so that a later one is answered as it is: a `settle` after a command that ends by itself,
 * because another command would not have ended; a `copy-in` because of the path that is copied out. Earlier passes
 * got there one simplification at a time, each of which held, and no single one leads on. So: the step goes, and the
 * first step that would then be answered differently, or one before it about the same box, gets other arguments with
 * which the contract answers everything as before. The model finds them; only what it agrees to is run.
 */
export const mendPass: Pass = {
  name: 'mend',
  *propose(job, from) {
    const answers = answersOf(job.rules, job.steps);
    if (answers.length < job.steps.length) return;
    for (let at = Math.min(from?.at ?? job.steps.length, job.steps.length); at > 0; at--) {
      for (const steps of mendings(job, answers, at - 1)) yield { steps, resume: { at: at - 1, size: 0 } };
    }
  },
};

function mendings({ rules, steps, failing }: Job, answers: readonly Answer[], index: number): Step[][] {
  if (index === failing) return [];
  const rest = without(steps, new Set([index]));
  if (rest.length !== steps.length - 1) return [];
  const wanted = answers.toSpliced(index, 1);
  const now = answersOf(rules, rest);
  const broken = brokenAt(wanted, now, failing !== null);
  if (broken < 0) return [];
  const mended = involved(rest, broken)
    .flatMap((at) => otherwise(rules, rest, at, wanted, now[at] ?? null))
    .filter(({ ends }) => failing === null || ends === wanted.at(-1)?.situation);
  return mended
    .sort((a, b) => a.changed - b.changed)
    .slice(0, TRIES)
    .map(({ program }) => program);
}

/** The first step that is answered differently; the failing one also when it finds another situation. */
function brokenAt(wanted: readonly Answer[], now: readonly Answer[], toTheEnd: boolean): number {
  const other = wanted.findIndex(({ label }, i) => now[i]?.label !== label);
  if (other >= 0 || !toTheEnd) return other;
  return wanted.at(-1)?.situation === now.at(-1)?.situation ? -1 : wanted.length - 1;
}

/** The step, then those before it that are about the same things, the nearest first. */
function involved(steps: readonly Step[], index: number): number[] {
  const things = new Set([...restsOn(steps, index)].flatMap((at) => aboutOf(steps[at] as Step)));
  const before = steps
    .slice(0, index)
    .map((step, at) => (aboutOf(step).some((thing) => things.has(thing)) ? [at] : []));
  return [index, ...before.flat().reverse()];
}

function aboutOf(step: Step): string[] {
  const made = handleMade(step);
  return made === null ? handlesUsed(step) : [made, ...handlesUsed(step)];
}

/** The program with each other form of one step after which nothing is refused that was not, and the reverse. */
function otherwise(
  rules: Rules,
  rest: readonly Step[],
  at: number,
  wanted: readonly Answer[],
  now: Answer | null,
): { program: Step[]; changed: number; ends: string | undefined }[] {
  const { world } = now ?? answersOf(rules, rest.slice(0, at)).at(-1) ?? (wanted[at] as Answer);
  return alternatives(rules, world, rest[at] as Step, wanted[at]?.refused ?? false)
    .slice(0, LOOKED_AT)
    .flatMap((step) => {
      const program = rest.with(at, step);
      const then = answersOf(rules, program);
      const keeps = wanted.every(({ refused }, i) => then[i]?.refused === refused);
      return keeps
        ? [
            {
              program,
              changed: wanted.filter(({ label }, i) => then[i]?.label !== label).length,
              ends: then.at(-1)?.situation,
            },
          ]
        : [];
    });
}
