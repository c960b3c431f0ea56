import type { Observation } from '../domain/observation.ts';
import type { Expect } from '../model/expect.ts';
import { differences as differencesIn, type MatchContext, mayBecome } from '../model/match.ts';
import type { Assumption } from '../model/possible.ts';
import { surfaceOf } from '../model/refers.ts';
import { isSame } from '../model/same.ts';
import type { Failure } from '../program/failure.ts';
import type { Event } from '../program/history.ts';
import type { Step } from '../program/step.ts';
import { isBelieved, matchKnown, type StepInWorld, staleMark } from '../verdict/known.ts';
import { type Advanced, advance, limitsOf, type Seen, type StepInWorlds } from './advance.ts';
import { type Attempt, attempt, type Judge } from './attempt.ts';
import { realName } from './perform/spell.ts';
import type { StepContext } from './perform/step-context.ts';
import { inWorlds, type ModelState, type ProgramRun } from './program-run.ts';
import { ProgramStopped, TooManyWorlds } from './stop.ts';

/**
 * Performs one step, judges the answer in every world the program may be in, and moves the model on to those that
 * are left. An answer that no world allows ends the program by throwing.
 * @param index position in the program; synthetic steps of the oracles carry the index they belong to
 */
export async function runStep(state: ModelState, run: ProgramRun, step: Step, index: number): Promise<Event> {
  const { stepContext, history } = run;
  const startedMs = performance.now();
  const places = inWorlds(run, state, step);
  const differences = differencesOf(step, stepContext);
  const waitedMs = history.runtimeMs;
  const tried = await tryStep(run, places, differences);
  const runtimeMs = history.runtimeMs - waitedMs;
  if (stepContext.signal.aborted) throw new ProgramStopped({ is: 'interrupted' });
  const advanced = advance(places, answerOf(tried, differences));
  const event: Event = {
    ...told(advanced, places),
    index,
    step,
    seen: tried.seen,
    startedMs: startedMs - run.beganMs,
    runtimeMs,
    ...(tried.pollsMs > 0 && { pollsMs: tried.pollsMs }),
    harnessMs: 0,
  };
  history.events.push(event);
  run.onEvent?.(event, history);
  moveOn(state, run, event, advanced);
  event.harnessMs = performance.now() - startedMs - runtimeMs;
  return event;
}

/** Boxes somebody else has on a shared runtime are none of the program's business. */
const withoutPreexisting = (seen: Observation, stepContext: StepContext): Observation =>
  seen.is === 'boxes'
    ? { ...seen, boxes: seen.boxes.filter(({ id }) => !stepContext.preexisting.has(id)) }
    : seen;

/** What does not fit between an expectation and an answer, one phrase each. */
type Differences = (expect: Expect, seen: Observation) => string[];

/** Holds answers to one step against what is expected of it, with the real ids behind the handles. */
function differencesOf(step: Step, stepContext: StepContext): Differences {
  const context: MatchContext = {
    via: surfaceOf(step),
    idOf: (handle) => stepContext.boxIds.get(handle),
    realName: (name) => realName(stepContext, name),
  };
  return (expect, seen) => differencesIn(expect, withoutPreexisting(seen, stepContext), context);
}

/** Looks until the answer fits somewhere, or no world allows for more time. */
function tryStep(run: ProgramRun, places: StepInWorlds, differences: Differences): Promise<Attempt> {
  const [{ step }] = places;
  const judge: Judge = {
    fits: (seen) => {
      const fits = places.some(({ prediction }) =>
        prediction?.outcomes.some(({ expect }) => differences(expect, seen).length === 0),
      );
      if (!fits) hearMachine(run, places[0].situation, seen);
      return fits;
    },
    isKnown: (seen) =>
      places.some(({ marks }) => marks.some((mark) => !mark.silent && matchKnown(mark, seen))),
    isBelieved: (seen, lookedMs) => isBelieved(places, seen, lookedMs),
  };
  const { pollMs, deadlineMs } = limitsOf(places);
  const limits = { pollMs, deadlineMs: hangIsKnown(places) ? knownHangMs(deadlineMs) : deadlineMs };
  return attempt(step, limits, run.stepContext, judge, run.history);
}

const hangIsKnown = (places: StepInWorlds): boolean =>
  places.some(({ marks }) => marks.some(({ seen }) => seen.how === 'hang'));

/** A hang that is known is not waited for in full, but several times as long as an answer takes, with a boot or without. */
const knownHangMs = (deadlineMs: number): number => Math.min(6_000, deadlineMs / 6);

const answerOf = ({ seen, lookedMs }: Attempt, differences: Differences): Seen => ({
  lookedMs,
  differences: ({ expect }) => differences(expect, seen),
  fits: ({ expect }) => differences(expect, seen).length === 0,
  mayBecome: ({ expect }) => mayBecome(expect, seen),
  shows: (mark) => matchKnown(mark, seen),
});

/** What the trace tells of a step: as it was taken in the world that explains the answer, or comes nearest. */
function told(advanced: Advanced, [first]: StepInWorlds): Pick<Event, 'situation' | 'allowed' | 'matched'> {
  const place = (from: StepInWorld) => ({
    situation: from.situation,
    allowed: casesOf(from),
  });
  if (advanced.is === 'impossible') return { ...place(advanced.nearest), matched: null };
  if (advanced.is === 'crowded') return { ...place(first), matched: 'crowded' };
  const { label, shown } = advanced.usual;
  const matched = shown.length > 0 ? `known:${shown.join(',')}` : (label ?? 'unpredicted');
  return { ...place(advanced.from), matched };
}

/** What is allowed, each case once: some differ only in the world after them. */
function casesOf({ prediction }: StepInWorld): Event['allowed'] {
  const cases = (prediction?.outcomes ?? []).map(({ label, expect }) => ({ label, expect }));
  return cases.filter((one, i) => !cases.slice(0, i).some((other) => isSame(one, other)));
}

function moveOn(state: ModelState, run: ProgramRun, event: Event, advanced: Advanced): void {
  if (advanced.is === 'crowded') throw new TooManyWorlds(`after step ${event.index + 1}`);
  if (advanced.is === 'impossible') throw unexpected(run, event, advanced.differences);
  state.worlds = advanced.worlds;
  run.history.worlds = Math.max(run.history.worlds ?? 1, advanced.worlds.length);
  count(run, event, advanced.decided);
}

/** A divergence is counted once all worlds agree on it; one that always shows and did not is stale. */
function count({ history, known }: ProgramRun, event: Event, decided: readonly Assumption[]): void {
  for (const { id, shown } of decided) {
    const counts = shown ? history.known : history.missed;
    counts[id] = (counts[id] ?? 0) + 1;
  }
  const stale = known.find(({ id, always }) => always && decided.some((one) => one.id === id && !one.shown));
  if (stale) throw new ProgramStopped({ is: 'failed', failure: staleMark(stale, event.index, event) });
}

/** Of an execution whose box is at rest: there is no connection to a box that the machine could lose. */
const isWithoutBox = /@(stopped|failed|removed)$/;

/** What the machine is known to make the runtime say is the machine's, as long as it does not prove to be sound. */
function hearMachine(run: ProgramRun, situation: string, seen: Observation): void {
  if (isWithoutBox.test(situation)) return;
  const said = textOf(seen);
  if (run.target.isInfrastructure?.(said)) run.machineSaid = said.trim();
}

function unexpected(run: ProgramRun, event: Event, differences: readonly string[]): ProgramStopped {
  hearMachine(run, event.situation, event.seen);
  const { step, situation, index: at, allowed, seen } = event;
  const failure: Failure =
    seen.is === 'broken'
      ? {
          ...{ kind: 'oracle', oracle: 'broken-answer', at, step, seen, situation },
          detail: `${seen.how}: ${seen.text}`,
        }
      : { kind: 'unexpected', at, step, allowed, seen, differences, situation };
  return new ProgramStopped({ is: 'failed', failure });
}

/** Whatever the runtime said in words. */
function textOf(seen: Observation): string {
  if ('text' in seen) return seen.text;
  return 'err' in seen ? seen.err : '';
}
