import { createHash } from 'node:crypto';
import { surfaceOf } from '../model/refers.ts';
import type { Failure } from '../program/failure.ts';
import { shapeOfText } from './normalise.ts';
import { classOfObservation } from './observation-class.ts';

/** What a failure is recognised by, the same in every run, whatever ids, names and numbers it had. */
export interface Signature {
  /** Short and fit for a file name: `exec-cli-1f2e3d4c5b`. */
  readonly key: string;
  /** The same for a person: operation, surface, situation, what was allowed and the class of what was seen. */
  readonly text: string;
  /** The complaint without surface and situation: signatures of one family may well be one bug. */
  readonly family: string;
  /** What is wrong, without operation and oracle. */
  readonly complaint: string;
}

/** Different things left over that a leak's signature tells; more are the same disaster. */
const MAX_LINES = 4;

/**
 * The signature of a failure. Operation, surface and situation are part of it, so that two bugs are rarely taken
 * for one; the class of what was seen is not exact, so that one bug is rarely taken for two.
 */
export function signatureOf(failure: Failure): Signature {
  const op = failure.step?.op ?? 'end';
  const via = failure.step ? surfaceOf(failure.step) : '-';
  const complaint = complaintOf(failure);
  const full = failure.kind === 'oracle' ? `${failure.oracle}: ${complaint}` : complaint;
  const text = `${op} via ${via} in ${failure.situation}: ${full}`;
  const key = `${op}-${via === '-' ? 'any' : via}-${digest(text)}`;
  return { key, text, family: `${op}: ${full}`, complaint };
}

/** Whether two failures have the same signature. */
export const sameSignature = (a: Failure, b: Failure): boolean => signatureOf(a).key === signatureOf(b).key;

function complaintOf(failure: Failure): string {
  switch (failure.kind) {
    case 'unexpected': {
      const labels = [...new Set(failure.allowed.map((outcome) => outcome.label))].sort();
      return `${classOfObservation(failure.allowed, failure.seen)}; allowed: ${labels.join(', ')}`;
    }
    case 'oracle':
      // A broken answer speaks for itself; otherwise what the oracle says of it is more than what it looked at.
      return failure.seen?.is === 'broken'
        ? classOfObservation([], failure.seen)
        : shapeOfLines(failure.detail);
    case 'stale-mark':
      return `known divergence ${failure.id} did not show`;
  }
}

/** Each remark's shape once, in order of the alphabet: how many of a kind and in which order does not count. */
function shapeOfLines(detail: string): string {
  const remarks = detail.replace(/^left behind: /u, '').split(/\n|; /u);
  const shapes = new Set(remarks.map(shapeOfText).filter(Boolean));
  return [...shapes].sort().slice(0, MAX_LINES).join(' / ');
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 10);
