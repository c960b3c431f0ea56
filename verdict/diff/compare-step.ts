import type { Difference, DifferenceClass } from './difference.ts';
import type { Field, ObservedRun, ObservedStep } from './observed.ts';

/** Two runs of one program held against each other. */
interface RunComparison {
  /** Steps that both sides have, and those among them without any difference. */
  readonly steps: number;
  readonly agreed: number;
  /** Steps only one side has: the other had ended, or did not look at the boxes there. */
  readonly unpaired: number;
  readonly differences: readonly Difference[];
}

/** What a side is called, and by which contract it is judged. */
type Side = { readonly label: string; readonly environment?: { readonly contract: string } };
type Sides = readonly [Side, Side];

/** Compares two runs of one program step by step; in words why, where one of them says nothing about its runtime. */
export function compareRuns(a: ObservedRun, b: ObservedRun, sides: Sides): RunComparison | string {
  if (a.unjudged !== undefined) return `${sides[0].label}: ${a.unjudged}`;
  if (b.unjudged !== undefined) return `${sides[1].label}: ${b.unjudged}`;
  const others = new Map(b.steps.map((step) => [step.key, step]));
  const pairs = a.steps.flatMap((step): Pair[] => {
    const other = others.get(step.key);
    return other ? [[step, other]] : [];
  });
  const perStep = differencesOf(pairs, sides);
  const back = lonelyComplaint(b, a).map(([own, absent]): Pair => [absent, own]);
  const lonely = differencesOf([...lonelyComplaint(a, b), ...back], sides);
  return {
    steps: pairs.length,
    agreed: perStep.filter((found) => found.length === 0).length,
    unpaired: a.steps.length + b.steps.length - 2 * pairs.length,
    differences: [...perStep, ...lonely].flat(),
  };
}

/** What leads to another world is remembered: it explains later steps whose predictions differ. */
function differencesOf(pairs: readonly Pair[], sides: Sides): Difference[][] {
  const names = sides.map(({ label }) => label);
  const [mine, theirs] = sides.map(({ environment }) => environment?.contract);
  let cause = mine === theirs ? 'no difference that was seen' : `the contracts ${mine} and ${theirs} differ`;
  return pairs.map((pair) => {
    const found = compareStep(pair, names, cause);
    const parting = found.find((one) => one.class === 'known' || one.class === 'either');
    if (parting) cause = `${parting.class}: ${parting.op}: ${parting.what}`;
    return found;
  });
}

/** A complaint at a place the other side never came to is a contradiction all the same: with what stands for it there. */
function lonelyComplaint(own: ObservedRun, other: ObservedRun): Pair[] {
  const last = own.steps.at(-1);
  if (!last?.complaint || other.steps.some(({ key }) => key === last.key)) return [];
  const { complaint: _, ...step } = last;
  const shown = other.steps.at(-1)?.complaint ? 'had ended before' : 'was not asked here';
  return [[last, { ...step, matched: null, shown }]];
}

/** One step on two sides. */
type Pair = readonly [ObservedStep, ObservedStep];

/** The differences between one step on two sides; `cause` tells why they may be in different worlds. */
function compareStep(pair: Pair, names: readonly string[], cause: string): Difference[] {
  const [a, b] = pair;
  const spoken: Spoken = (left, right) => `${names[0]} ${left} / ${names[1]} ${right}`;
  if (a.complaint || b.complaint) return [complained(pair, spoken)];
  const marks = pair.map(({ matched }) => (matched?.startsWith('known:') ? matched.slice(6) : null));
  if (marks[0] !== marks[1]) {
    const shown = names.flatMap((name, i) => (marks[i] === null ? [] : [`${marks[i]} on ${name}`]));
    return [difference('known', pair, shown.join('; '))];
  }
  const apart = a.predicted === b.predicted ? null : difference('apart', pair, `after ${cause}`);
  if (a.matched === b.matched) return compareFields(pair, apart, spoken);
  return [apart ?? difference('either', pair, spoken(`outcome ${a.matched}`, `outcome ${b.matched}`))];
}

type Spoken = (left: string, right: string) => string;

function complained(pair: Pair, spoken: Spoken): Difference {
  const [a, b] = pair;
  const [left, right] = pair.map(
    ({ complaint, matched, shown }) => complaint?.text ?? (matched === null ? shown : `fits (${matched})`),
  ) as [string, string];
  if (!a.complaint || !b.complaint) {
    const about = a.complaint ? a : b;
    const { is = 'contradiction', rate } = about.complaint ?? {};
    return { ...difference(is, pair, spoken(left, right), about), ...(rate && { rate }) };
  }
  return a.complaint.key === b.complaint.key
    ? difference('both-alike', pair, `both: ${left}`)
    : difference('both-contradict', pair, spoken(left, right));
}

function compareFields(pair: Pair, apart: Difference | null, spoken: Spoken): Difference[] {
  const { firm = [], free = [], text = [] } = Object.groupBy(unlikeFields(pair), ({ rank }) => rank);
  const tell = ({ name, values, data }: Unlike): string =>
    data ? `other ${name}` : `${name}: ${spoken(...values)}`;
  const found: Difference[] = [];
  // Which side was faster is chance: the values say nothing about the kind.
  const race = `a race in ${free.map(({ name }) => name).join(', ')}`;
  if (firm.length > 0) found.push(apart ?? difference('within', pair, firm.map(tell).join('; ')));
  else if (free.length > 0) found.push(difference('either', pair, race));
  if (text.length > 0) found.push(difference('wording', pair, text.map(tell).join('; ')));
  return found;
}

type Unlike = Omit<Field, 'value'> & { readonly values: readonly [string, string] };

/** Another kind of answer has other fields: then the kind alone is what differs. */
function unlikeFields([a, b]: Pair): Unlike[] {
  const names = new Set([...a.fields, ...b.fields].map(({ name }) => name));
  const unlike = [...names].flatMap((name): Unlike[] => {
    const [left, right] = [a, b].map(({ fields }) => fields.find((field) => field.name === name));
    if (left?.value === right?.value) return [];
    const rank = (['text', 'free'] as const).find((one) => left?.rank === one || right?.rank === one);
    const values = [left?.value ?? 'not there', right?.value ?? 'not there'] as const;
    return [{ ...(left ?? right), name, rank: rank ?? 'firm', values }];
  });
  const answer = unlike.find(({ name }) => name === 'answer');
  return answer ? [answer] : unlike;
}

function difference(is: DifferenceClass, pair: Pair, what: string, about = pair[0]): Difference {
  const { at, op, via, situation } = about;
  return { class: is, at, op, via, situation, what, seen: [pair[0].shown, pair[1].shown] };
}
