import type { Observation } from '../../domain/observation.ts';
import { surfaceOf } from '../../model/refers.ts';
import { type Failure, isAfterRemoval } from '../../program/failure.ts';
import type { Event, History } from '../../program/history.ts';
import { unjudgedText } from '../../program/unjudged.ts';
import type { Rate } from '../rate.ts';
import { signatureOf } from '../signature.ts';
import { digest, fieldsOf } from './fields.ts';
import type { ObservedRun, ObservedStep } from './observed.ts';

type Show = (seen: Observation) => string;

/** A history as far as it is compared; `show` tells an answer in one line, `rate` how often the program failed so. */
export function observe(history: History, show: Show, rate?: Rate): ObservedRun {
  const { ending, cutShort } = history;
  const failure = ending.is === 'failed' ? ending.failure : null;
  const steps = keyed(history).map(([key, event]) => stepOf(key, event, show));
  if (isAfterRemoval(failure)) steps.push(endOf(history, failure.detail));
  else if (ending.is === 'passed' && cutShort === 0) steps.push(endOf(history, null));
  // What the run was stopped for belongs to its last step.
  const last = failure && steps.pop();
  if (last) steps.push({ ...last, ...complaintOf(failure, rate) });
  if (ending.is === 'infrastructure') return { steps, unjudged: `infrastructure: ${ending.why}` };
  if (ending.is === 'passed' && history.events.length === 0)
    return { steps, unjudged: unjudgedText(history) ?? 'nothing was judged' };
  return ending.is === 'interrupted' ? { steps, unjudged: 'interrupted' } : { steps };
}

/**
 * Events by what they are: oracles look at the boxes after some steps, and which ones depends on the answers,
 * so that numbering all events would set one side's look against the other's next step.
 */
function keyed({ events, program }: History): [string, Event][] {
  const own = new Set<number>();
  return events.map((event) => {
    const { index, step } = event;
    const isLook = index >= program.steps.length || own.has(index);
    own.add(index);
    return [isLook ? `${index} look ${surfaceOf(step)}` : `${index} own`, event];
  });
}

function stepOf(key: string, event: Event, show: Show): ObservedStep {
  const { index: at, step, situation, allowed, matched, seen } = event;
  const expect = allowed.find(({ label }) => label === matched)?.expect ?? null;
  const predicted = digest(JSON.stringify(allowed));
  const place = { key, at, op: step.op, via: surfaceOf(step), situation };
  return { ...place, predicted, matched, fields: fieldsOf(seen, expect), shown: show(seen) };
}

function complaintOf(failure: Failure, rate: Rate | undefined): Partial<ObservedStep> {
  const { key, family } = signatureOf(failure);
  const { kind, step, situation } = failure;
  const is = kind === 'stale-mark' ? kind : 'contradiction';
  const place = { ...(step && { op: step.op, via: surfaceOf(step) }), situation };
  const complaint = { is, key, text: family.replace(/^[^:]*: /u, ''), ...(rate && { rate }) } as const;
  return { ...(isAfterRemoval(failure) ? {} : place), complaint };
}

/** Removal and what is left, as one more step of every run that came so far; `wrong`: what is wrong with it. */
function endOf({ program, events, known }: History, wrong: string | null): ObservedStep {
  const hits = new Set(events.flatMap(({ matched }) => matched?.replace(/^known:/u, '').split(',') ?? []));
  const left = Object.keys(known)
    .filter((id) => !hits.has(id))
    .sort();
  const fine = left.length > 0 ? `known:${left.join(',')}` : 'clean';
  const place = { key: 'end', at: program.steps.length, op: 'end', via: '-', situation: 'after' };
  const shown = wrong ?? (left.join(', ') || 'nothing left');
  return { ...place, predicted: '', matched: wrong === null ? fine : null, fields: [], shown };
}
