import type { Observation } from '../../domain/observation.ts';
import type { Failure } from '../../program/failure.ts';
import type { Event, History } from '../../program/history.ts';
import { signatureOf } from '../signature.ts';
import { surfaceOf } from '../surface-of.ts';
import type { Rate } from './difference.ts';
import { type Aliases, digest, fieldsOf } from './fields.ts';
import type { ObservedRun, ObservedStep } from './observed.ts';

/** Tells an answer in one line. */
type Show = (seen: Observation) => string;

/**
 * A history as far as it is compared with that of another target.
 * @param rate how often the program failed in this way, where that was tried
 */
export function observe(history: History, show: Show, rate?: Rate): ObservedRun {
  const { ending, cutShort } = history;
  const failure = ending.is === 'failed' ? ending.failure : null;
  const aliases = aliasesOf(history);
  const steps = keyed(history).map(([key, event]) => stepOf(key, event, aliases, show));
  if (isAfter(failure) || (ending.is === 'passed' && cutShort === 0))
    steps.push(endOf(history, isAfter(failure) ? failure.detail : null));
  // What the run was stopped for belongs to its last step.
  const last = failure && steps.pop();
  if (last) steps.push({ ...last, ...complaintOf(failure) });
  return { steps, ending, ...(rate && { rate }) };
}

/** Whether a run failed after its last answer, by a removal or something left. */
const isAfter = (failure: Failure | null): failure is Extract<Failure, { kind: 'oracle' }> =>
  failure?.kind === 'oracle' && (failure.oracle === 'leak' || failure.oracle === 'cleanup');

/** Ids the program was told, by the handle it has for them. */
function aliasesOf({ events }: History): Aliases {
  const handles = new Map<string, string>();
  for (const { step, seen } of events) {
    if ('as' in step && seen.is === 'done' && seen.id !== undefined) handles.set(seen.id, step.as);
  }
  return (id) => handles.get(id);
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

function stepOf(key: string, event: Event, aliases: Aliases, show: Show): ObservedStep {
  const { index, step, situation, allowed, matched, seen } = event;
  const expect = allowed.find(({ label }) => label === matched)?.expect ?? null;
  return {
    key,
    at: index,
    op: step.op,
    via: surfaceOf(step),
    situation,
    predicted: digest(JSON.stringify(allowed)),
    matched,
    fields: fieldsOf(seen, expect, aliases),
    shown: show(seen),
  };
}

function complaintOf(failure: Failure): Partial<ObservedStep> {
  const { key, family } = signatureOf(failure);
  const { kind, step, situation } = failure;
  const is = kind === 'stale-mark' ? kind : 'contradiction';
  const place = { ...(step && { op: step.op, via: surfaceOf(step) }), situation };
  return {
    ...(isAfter(failure) ? {} : place),
    complaint: { is, key, text: family.replace(/^[^:]*: /u, '') },
  };
}

/** Removal and what is left, as one more step of every run that came so far. `failure`: what is wrong with it. */
function endOf({ program, events, known }: History, failure: string | null): ObservedStep {
  const hits = new Set(events.flatMap(({ matched }) => matched?.replace(/^known:/u, '').split(',') ?? []));
  const left = Object.keys(known)
    .filter((id) => !hits.has(id))
    .sort();
  const fine = left.length > 0 ? `known:${left.join(',')}` : 'clean';
  return {
    key: 'end',
    at: program.steps.length,
    op: 'end',
    via: '-',
    situation: 'after',
    predicted: 'nothing is left',
    matched: failure === null ? fine : null,
    fields: [],
    shown: failure ?? (left.join(', ') || 'nothing left'),
  };
}
