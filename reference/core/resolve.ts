import { defect } from '../defects/switch.ts';
import type { BoxRecord } from './box.ts';
import { invalidArgument, noSuchBox } from './fault.ts';

/**
 * The box a typed text means: exact id, then exact name, then unique prefix of an id (contract 0).
 * @throws Fault not-found, or invalid-argument when several ids begin with the text.
 */
export function resolveBox<Box extends Pick<BoxRecord, 'id' | 'name'>>(
  boxes: Iterable<Box>,
  typed: string,
): Box {
  const all = [...boxes];
  if (typed === '' && !defect('empty-text-matches')) throw noSuchBox(typed);
  const exact =
    all.find((box) => box.id === typed) ?? all.find((box) => box.name === typed && !defect('name-unknown'));
  if (exact) return exact;
  const matches = all.filter((box) => box.id.startsWith(typed) && !defect('prefix-unknown'));
  const [only] = matches;
  if (matches.length > 1 && !defect('prefix-ambiguity-unnoticed') && typed !== '')
    throw ambiguous(typed, matches);
  if (!only) throw noSuchBox(typed);
  return only;
}

const ambiguous = (typed: string, matches: Pick<BoxRecord, 'id'>[]) => {
  const ids = matches.map((box) => `"${box.id}"`).join(', ');
  return invalidArgument(`multiple boxes match prefix '${typed}': [${ids}]`);
};
