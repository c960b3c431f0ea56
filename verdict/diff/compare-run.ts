import { compareStep, type Pair } from './compare-step.ts';
import type { Difference } from './difference.ts';
import type { ObservedRun } from './observed.ts';

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
