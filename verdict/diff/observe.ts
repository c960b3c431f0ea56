import { createHash } from 'node:crypto';
import type { Observation } from '../../domain/observation.ts';
import type { Failure } from '../../program/failure.ts';
import type { Event, History } from '../../program/history.ts';
import { signatureOf } from '../signature.ts';
import { surfaceOf } from '../surface-of.ts';
import type { Aliases } from './box-fields.ts';
import { fieldsOf } from './fields.ts';
import type { Complaint, ObservedEnding, ObservedRun, ObservedStep, Rate } from './observed.ts';

/**
 * A history as far as it is compared with that of another target.
 * @param show tells an answer in one line
 * @param rate how often the program failed in this way, where that was tried
 */
export function observe(history: History, show: (seen: Observation) => string, rate?: Rate): ObservedRun {
  const aliases = aliasesOf(history);
  const steps = keyed(history).map(([key, event]) => stepOf(key, event, aliases, show));
  return {
    steps: [...withComplaint(steps, history), ...endOf(history)],
    ending: endingOf(history),
    cutShort: history.cutShort,
    ...(rate && { rate }),
  };
}

function endingOf({ ending }: History): ObservedEnding {
  return ending.is === 'failed' ? { is: 'failed' } : ending;
}

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

function stepOf(
  key: string,
  event: Event,
  aliases: Aliases,
  show: (seen: Observation) => string,
): ObservedStep {
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

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

function complaintOf(failure: Failure): Complaint {
  const { key, family } = signatureOf(failure);
  const is = failure.kind === 'stale-mark' ? 'stale-mark' : 'contradiction';
  return { is, key, text: family.replace(/^[^:]*: /u, '') };
}

/** What the run was stopped for belongs to its last step, unless it is about what was left at the end. */
function withComplaint(steps: readonly ObservedStep[], history: History): ObservedStep[] {
  const last = steps.at(-1);
  if (history.ending.is !== 'failed' || !last || failureAfter(history)) return [...steps];
  const { failure } = history.ending;
  const about = failure.step ? { op: failure.step.op, via: surfaceOf(failure.step) } : {};
  const { situation } = failure;
  return [...steps.slice(0, -1), { ...last, ...about, situation, complaint: complaintOf(failure) }];
}

/** What a run failed of after its last answer: a removal, or something left. */
function failureAfter({ ending }: History): Extract<Failure, { kind: 'oracle' }> | null {
  if (ending.is !== 'failed' || ending.failure.kind !== 'oracle') return null;
  return ending.failure.oracle === 'leak' || ending.failure.oracle === 'cleanup' ? ending.failure : null;
}

/** Removal and what is left, as one more step of every run that came so far. */
function endOf(history: History): ObservedStep[] {
  const { ending, program, cutShort, events, known } = history;
  const judged = ending.is === 'passed' && cutShort === 0;
  const failure = failureAfter(history);
  if (!judged && !failure) return [];
  const hits = new Set(events.flatMap(({ matched }) => matched?.replace(/^known:/u, '').split(',') ?? []));
  const left = Object.keys(known).filter((id) => !hits.has(id));
  const base = { key: 'end', at: program.steps.length, op: 'end', via: '-', situation: 'after' };
  return [
    {
      ...base,
      predicted: 'nothing is left',
      matched: failure ? null : left.length > 0 ? `known:${left.sort().join(',')}` : 'clean',
      fields: [],
      ...(failure && { complaint: complaintOf(failure) }),
      shown: failure?.detail ?? (left.join(', ') || 'nothing left'),
    },
  ];
}
