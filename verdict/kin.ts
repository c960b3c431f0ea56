import type { Op } from '../program/step.ts';
import type { Failure } from './failure.ts';
import { type Signature, sameSignature, signatureOf } from './signature.ts';

/** Operations that run a command to its end and tell of it in the same words. */
const toTheEnd: ReadonlySet<Op> = new Set(['exec', 'foreground']);

/**
 * Whether a shorter program's failure may stand for the one that was found: the same signature, less of what was
 * wrong with the same answer, or the same complaint where operation and situation say nothing of the cause. Those are wrong views of the homes, which any
 * later look may be the first to notice, and commands run to their end, in a box of their own or in a running one.
 */
export const isKin = (other: Failure, found: Failure): boolean =>
  sameSignature(other, found) ||
  isPart(other, found) ||
  ((bothViews(other, found) || bothToTheEnd(other, found)) &&
    signatureOf(other).complaint === signatureOf(found).complaint);

/**
 * Whether the same step, in the same situation, is answered wrongly in some of the same respects and in no other:
 * with less going on there is less to go wrong.
 */
function isPart(other: Failure, found: Failure): boolean {
  if (other.kind !== 'unexpected' || found.kind !== 'unexpected') return false;
  const [one, all] = [signatureOf(other), signatureOf(found)];
  const whereOf = ({ text, complaint }: Signature): string => text.slice(0, text.length - complaint.length);
  const [seen, allowed] = one.complaint.split('; allowed: ');
  const [seenThen, allowedThen] = all.complaint.split('; allowed: ');
  if (whereOf(one) !== whereOf(all) || allowed !== allowedThen) return false;
  const [head, ...aspects] = (seen ?? '').split(' ');
  const [headThen, ...aspectsThen] = (seenThen ?? '').split(' ');
  return head === headThen && aspects.length > 0 && aspects.every((aspect) => aspectsThen.includes(aspect));
}

/** Whether the failing step only noticed what an earlier one may have done: it need not stay. */
export const isNoticed = (failure: Failure): boolean =>
  failure.kind === 'oracle' &&
  (failure.oracle === 'views-disagree' || failure.oracle === 'refusal-changed-state');

const bothViews = (a: Failure, b: Failure): boolean => isNoticed(a) && isNoticed(b);

const bothToTheEnd = (a: Failure, b: Failure): boolean =>
  [a, b].every((failure) => failure.kind === 'unexpected' && toTheEnd.has(failure.step.op));
