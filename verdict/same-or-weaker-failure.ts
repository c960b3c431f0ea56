import { verbs } from '../commands/index.ts';
import type { Failure } from '../program/failure.ts';
import { oracles } from '../program/oracles.ts';
import { type Signature, signatureOf } from './signature.ts';

/**
 * Whether a shorter program's failure may stand for the one that was found: the same signature, less of what was
 * wrong with the same answer or of what was left behind, or the same complaint where operation and situation say
 * nothing of the cause. Those are wrong views of the homes, which any later look may be the first to notice, and
 * commands run to their end, in a box of their own or in a running one.
 */
export function isSameOrWeakerFailure(other: Failure, found: Failure): boolean {
  const [one, all] = [signatureOf(other), signatureOf(found)];
  if (one.key === all.key) return true;
  const toTheEnd = bothToTheEnd(other, found);
  if (one.complaint === all.complaint && (bothViews(other, found) || toTheEnd)) return true;
  if (bothLeaks(other, found)) return isPartOfLeak(one, all);
  const crossed = toTheEnd && other.step?.op !== found.step?.op;
  return other.kind === 'unexpected' && (crossed || whereOf(one) === whereOf(all)) && isPart(one, all);
}

/** Operation, surface and situation. */
const whereOf = ({ text, complaint }: Signature): string => text.slice(0, text.length - complaint.length);

/**
 * Whether a step is answered wrongly in some of the same respects and in no other: with less going on there is less
 * to go wrong.
 */
function isPart(one: Signature, all: Signature): boolean {
  const partsOf = ({ complaint }: Signature) => complaint.split('; allowed: ') as [string, string?];
  const [seen, allowed] = partsOf(one);
  const [seenThen, allowedThen] = partsOf(all);
  if (allowed !== allowedThen) return false;
  const [head, ...aspects] = seen.split(' ');
  const [headThen, ...aspectsThen] = seenThen.split(' ');
  return head === headThen && aspects.length > 0 && aspects.every((aspect) => aspectsThen.includes(aspect));
}

/** With fewer boxes there is less to leave behind. */
function isPartOfLeak(one: Signature, all: Signature): boolean {
  const partsOf = ({ complaint }: Signature): string[] => complaint.split(' / ');
  const parts = partsOf(all);
  return partsOf(one).every((part) => parts.includes(part));
}

/**
 * Whether the failing step only noticed what an earlier one may have done: it need not stay. A list that cannot be
 * read is one of the looks that follow other steps, or shows again in those.
 */
export const isNoticed = (failure: Failure): boolean =>
  failure.kind === 'oracle' &&
  (oracles[failure.oracle].notices === true ||
    (failure.oracle === 'broken-answer' &&
      failure.step !== null &&
      verbs[failure.step.op].effect === 'lists'));

const bothViews = (a: Failure, b: Failure): boolean => isNoticed(a) && isNoticed(b);

const bothLeaks = (a: Failure, b: Failure): boolean =>
  [a, b].every((failure) => failure.kind === 'oracle' && failure.oracle === 'leak');

/** Commands that were run to their end tell of it in the same words. */
const bothToTheEnd = (a: Failure, b: Failure): boolean =>
  [a, b].every((failure) => failure.kind === 'unexpected' && verbs[failure.step.op].toTheEnd);
