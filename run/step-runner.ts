import { situationOf } from '../commands/index.ts';
import type { Verb } from '../commands/verb.ts';
import type { Observation } from '../domain/observation.ts';
import type { Prediction } from '../model/outcome.ts';
import type { Profile } from '../model/profile.ts';
import type { World } from '../model/world.ts';
import type { Failure } from '../program/failure.ts';
import type { Event, History } from '../program/history.ts';
import type { Op, Step } from '../program/step.ts';
import type { Target } from '../runtime/ports/target.ts';
import { applicable, type KnownDivergence, matchKnown, staleMark, worldAfter } from '../verdict/known.ts';
import { type Attempt, attempt } from './attempt.ts';
import { judgeOf } from './judge.ts';
import type { StepContext } from './perform/step-context.ts';
import { ContractSilent, ProgramStopped } from './stop.ts';
import { waited } from './waited.ts';

/** Everything the steps of one program share. */
export interface Running {
  readonly target: Target;
  readonly profile: Profile;
  readonly verbs: Record<Op, Verb<Step>>;
  readonly known: readonly KnownDivergence[];
  readonly stepContext: StepContext;
  readonly history: History;
  readonly beganMs: number;
}

const stopWith = (failure: Failure): never => {
  throw new ProgramStopped({ is: 'failed', failure });
};

/**
 * Predicts, performs and judges one step, and moves the world on. A step the contract does not allow ends the
 * program by throwing, unless a known divergence covers it.
 * @param index position in the program; synthetic steps of the oracles carry the index they belong to
 */
export async function runStep(running: Running, step: Step, index: number): Promise<Event> {
  const { stepContext, profile, verbs } = running;
  const world = stepContext.world;
  const prediction = verbs[step.op].predict(world, step, profile);
  if (!prediction) throw new ContractSilent(`step ${index + 1}`);
  const situation = situationOf(world, step);
  const startedMs = performance.now();
  const place = { step, situation, world, identity: running.target.identity };
  const marks = applicable(running.known, place).filter(({ seen }) => seen.is !== 'left');
  const patient = { ...prediction, deadlineMs: Math.min(prediction.deadlineMs, hangLimitMs(marks)) };
  const isKnown = (seen: Observation): boolean =>
    marks.some((entry) => !entry.silent && matchKnown(entry, seen));
  const { history } = running;
  const waitedMs = history.runtimeMs;
  const tried = await attempt(step, patient, stepContext, judgeOf(step, stepContext), isKnown, history);
  const runtimeMs = history.runtimeMs - waitedMs;
  if (stepContext.signal.aborted) throw new ProgramStopped({ is: 'interrupted' });
  const event = eventOf(running, step, index, { prediction, tried, situation, startedMs, runtimeMs });
  history.events.push(event);
  await moveOn(running, event, marks, prediction, tried);
  event.harnessMs = performance.now() - startedMs - runtimeMs;
  return event;
}

interface Parts {
  prediction: Prediction;
  tried: Attempt;
  situation: string;
  startedMs: number;
  runtimeMs: number;
}

function eventOf(running: Running, step: Step, index: number, parts: Parts): Event {
  const { prediction, tried, situation, startedMs, runtimeMs } = parts;
  return {
    index,
    step,
    situation,
    allowed: prediction.outcomes.map(({ label, expect }) => ({ label, expect })),
    seen: tried.seen,
    matched: tried.outcome?.label ?? null,
    startedMs: startedMs - running.beganMs,
    runtimeMs,
    harnessMs: 0,
  };
}

/** A hang that is known is not waited for in full. */
const hangLimitMs = (marks: readonly KnownDivergence[]): number =>
  marks.some(({ seen }) => seen.how === 'hang') ? KNOWN_HANG_MS : Number.POSITIVE_INFINITY;
const KNOWN_HANG_MS = 6_000;

async function moveOn(
  running: Running,
  event: Event,
  marks: readonly KnownDivergence[],
  prediction: Prediction,
  tried: Attempt,
): Promise<void> {
  const { stepContext } = running;
  const { step } = event;
  const mark = marks.find(
    (entry) => Boolean(entry.silent) === Boolean(tried.outcome) && matchKnown(entry, tried.seen),
  );
  if (!mark && tried.outcome) {
    // A silent one is about an answer that did not come here; where it came, the views hold the entry to it.
    for (const entry of marks) if (!entry.silent) missed(running, entry, event);
    stepContext.world = tried.outcome.next;
    return;
  }
  if (!mark) return unexpected(running, event, tried);
  hit(running, mark, event);
  stepContext.world = worldOf(mark, worldAfter(mark, stepContext.world, step, prediction));
}

function hit({ history }: Running, mark: KnownDivergence, event: Event): void {
  event.matched = `known:${mark.id}`;
  // Whether a box really lingers is the next view's to say.
  if (mark.after.box?.status === 'leaving') return;
  history.known[mark.id] = (history.known[mark.id] ?? 0) + 1;
}

/** The contract's own answer came where a mark applies: for one that always shows, the mark is stale. */
export function missed({ history }: Running, mark: KnownDivergence, event: Event): void {
  history.missed[mark.id] = (history.missed[mark.id] ?? 0) + 1;
  if (mark.always) stopWith(staleMark(mark, event.index, event));
}

/** A mark whose `after.as` names no outcome of this step leaves nothing to go on with: the program is cut short. */
function worldOf(mark: KnownDivergence, world: World | null): World {
  if (world) return world;
  throw new ContractSilent(`corpus/known/${mark.id}.json: field after.as names no outcome here`);
}

/** Before the runtime is blamed, the machine under it must prove to be alive (contract of verdicts). */
async function unexpected(running: Running, event: Event, tried: Attempt): Promise<never> {
  const { seen } = tried;
  const { step, situation, index, allowed } = event;
  const text = textOf(seen);
  if (running.target.isInfrastructure?.(text))
    throw new ProgramStopped({ is: 'infrastructure', why: text.trim() });
  if (isDead(seen)) await waited(running.history, running.target.heartbeat());
  if (seen.is === 'broken') {
    const detail = `${seen.how}: ${seen.text}`;
    return stopWith({ kind: 'oracle', oracle: 'broken-answer', at: index, step, detail, seen, situation });
  }
  return stopWith({
    kind: 'unexpected',
    at: index,
    step,
    allowed,
    seen,
    differences: tried.differences,
    situation,
  });
}

/** Whatever the runtime said in words. */
function textOf(seen: Observation): string {
  if ('text' in seen) return seen.text;
  return 'err' in seen ? seen.err : '';
}

const isDead = (seen: Observation): boolean =>
  seen.is === 'broken' && (seen.how === 'transport' || seen.how === 'hang');
