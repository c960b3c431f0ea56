import type { Difference, DifferenceClass } from './difference.ts';
import type { Field, ObservedStep } from './observed.ts';

/** What comparing two steps needs beside them. */
export interface Sides {
  /** What the sides are called. */
  readonly names: readonly [string, string];
  /** Why the sides may be in different worlds by now. */
  readonly cause: string;
}

type Pair = readonly [ObservedStep, ObservedStep];

/** The differences between one step on two sides; none where they agree. */
export function compareStep(pair: Pair, sides: Sides): Difference[] {
  const [a, b] = pair;
  if (a.complaint || b.complaint) return [complained(pair, sides)];
  const marks = pair.map(({ matched }) => (matched?.startsWith('known:') ? matched : null));
  if (marks[0] !== marks[1]) return [difference('known', pair, knownText(marks, sides))];
  if (a.matched !== b.matched) {
    return a.predicted === b.predicted
      ? [difference('either', pair, spoken(sides, [`outcome ${a.matched}`, `outcome ${b.matched}`]))]
      : [difference('apart', pair, `after ${sides.cause}`)];
  }
  return compareFields(pair, sides);
}

function complained(pair: Pair, sides: Sides): Difference {
  const [a, b] = pair;
  const told = pair.map(({ complaint, matched }) => complaint?.text ?? `fits (${matched})`) as [
    string,
    string,
  ];
  const stale = pair.some(({ complaint }) => complaint?.is === 'stale-mark');
  const about = a.complaint ? a : b;
  const what = a.complaint?.key === b.complaint?.key ? `both: ${told[0]}` : spoken(sides, told);
  return { ...difference(complaintClass(a, b, stale), pair, what), ...placeOf(about) };
}

function complaintClass({ complaint: a }: ObservedStep, { complaint: b }: ObservedStep, stale: boolean) {
  if (a && b) return a.key === b.key ? 'both-alike' : 'both-contradict';
  return stale ? 'stale-mark' : 'contradiction';
}

function knownText(marks: readonly (string | null)[], sides: Sides): string {
  const told = marks.map((mark) => mark?.replace(/^known:/u, '') ?? null);
  return sides.names.flatMap((name, i) => (told[i] === null ? [] : [`${told[i]} on ${name}`])).join('; ');
}

function compareFields(pair: Pair, sides: Sides): Difference[] {
  const unlike = unlikeFields(pair);
  const of = (rank: Field['rank']) => unlike.filter(({ rank: own }) => own === rank);
  const inSameWorld = pair[0].predicted === pair[1].predicted;
  const found: Difference[] = [];
  if (of('firm').length > 0) {
    const what = inSameWorld ? fieldsText(of('firm'), sides) : `after ${sides.cause}`;
    found.push(difference(inSameWorld ? 'within' : 'apart', pair, what));
  } else if (of('free').length > 0) {
    found.push(difference('either', pair, raceText(of('free'))));
  }
  if (of('text').length > 0) found.push(difference('wording', pair, fieldsText(of('text'), sides)));
  return found;
}

interface Unlike {
  name: string;
  rank: Field['rank'];
  values: readonly [string, string];
  data: boolean;
}

/** Another kind of answer has other fields: then the kind alone is what differs. */
function unlikeFields([a, b]: Pair): Unlike[] {
  const names = new Set([...a.fields, ...b.fields].map(({ name }) => name));
  const unlike = [...names].flatMap((name) => unlikeField(name, a, b) ?? []);
  const answer = unlike.find(({ name }) => name === 'answer');
  return answer ? [answer] : unlike;
}

function unlikeField(name: string, a: ObservedStep, b: ObservedStep): Unlike | null {
  const [left, right] = [a, b].map(({ fields }) => fields.find((field) => field.name === name));
  if (left?.value === right?.value) return null;
  const ranks = [left, right].map((field) => field?.rank);
  const rank = (['text', 'free'] as const).find((one) => ranks.includes(one)) ?? 'firm';
  const values = [left?.value ?? 'not there', right?.value ?? 'not there'] as const;
  return { name, rank, values, data: Boolean(left?.data ?? right?.data) };
}

const fieldsText = (fields: readonly Unlike[], sides: Sides): string =>
  fields
    .map(({ name, values, data }) => (data ? `other ${name}` : `${name}: ${spoken(sides, values)}`))
    .join('; ');

/** Which side was faster is chance: the values say nothing about the kind. */
const raceText = (fields: readonly Unlike[]): string =>
  `a race in ${fields.map(({ name }) => name).join(', ')}`;

const spoken = ({ names }: Sides, [a, b]: readonly [string, string]): string =>
  `${names[0]} ${a} / ${names[1]} ${b}`;

const placeOf = ({ at, op, via, situation }: ObservedStep) => ({ at, op, via, situation });

const difference = (is: DifferenceClass, pair: Pair, what: string): Difference => ({
  class: is,
  ...placeOf(pair[0]),
  what,
  seen: [pair[0].shown, pair[1].shown],
});
