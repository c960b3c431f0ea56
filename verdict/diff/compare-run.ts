import { compareStep, type Pair } from './compare-step.ts';
import { type Difference, isOpen } from './difference.ts';
import type { ObservedRun } from './observed.ts';

/** Two runs of one program held against each other. */
export interface RunComparison {
  /** Steps that both sides have, and those among them without any difference. */
  readonly compared: number;
  readonly agreed: number;
  /** Steps only one side has: the other had ended, or did not look at the boxes there. */
  readonly unpaired: number;
  readonly differences: readonly Difference[];
}

/** What a side is called, and by which contract it is judged. */
export interface ComparedSide {
  readonly label: string;
  readonly environment?: { readonly contract: string };
}

type Sides = readonly [ComparedSide, ComparedSide];

/** Stands for the run of a program that a side did not run. */
export const notRun: ObservedRun = { steps: [], ending: { is: 'interrupted' } };

/** Whether a run says anything about its runtime: the machine did not spoil it, and nobody stopped it. */
export const isJudged = ({ ending: { is } }: ObservedRun): boolean => is === 'passed' || is === 'failed';

/** Compares two runs of one program step by step; in words why, where they cannot be compared. */
export function compareRuns(a: ObservedRun, b: ObservedRun, sides: Sides): RunComparison | string {
  const out = [a, b].findIndex((run) => !isJudged(run));
  if (out >= 0) {
    const { ending } = out === 0 ? a : b;
    const why =
      ending.is === 'infrastructure' ? `: ${ending.why}` : ', no time was left, or a surface is missing';
    return `${sides[out]?.label}: ${ending.is}${why}`;
  }
  const others = new Map(b.steps.map((step) => [step.key, step]));
  const pairs = a.steps.flatMap((step): Pair[] => {
    const other = others.get(step.key);
    return other ? [[step, other]] : [];
  });
  const perStep = differencesOf(pairs, sides);
  const lonely = [
    ...lonelyComplaint(a, b),
    ...lonelyComplaint(b, a).map(([own, absent]): Pair => [absent, own]),
  ];
  return {
    compared: pairs.length,
    agreed: perStep.filter((found) => found.length === 0).length,
    unpaired: a.steps.length + b.steps.length - 2 * pairs.length,
    differences: [...perStep, ...differencesOf(lonely, sides)].flat().map((one) => withRate(one, a, b)),
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
  const shown = other.ending.is === 'failed' ? 'had ended before' : 'was not asked here';
  return [[last, { ...step, matched: null, shown }]];
}

/** Where both sides failed, a rate would be about one of them only. */
function withRate(difference: Difference, a: ObservedRun, b: ObservedRun): Difference {
  const about = isOpen(difference.class) && difference.class !== 'both-contradict';
  const rate = a.rate && b.rate ? undefined : (a.rate ?? b.rate);
  return about && rate ? { ...difference, rate } : difference;
}
