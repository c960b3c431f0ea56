import { compareStep, type Pair } from './compare-step.ts';
import { type Difference, openClasses } from './difference.ts';
import type { ObservedRun, ObservedStep } from './observed.ts';

/** Two runs of one program held against each other, or why they cannot be. */
export type RunComparison =
  | {
      readonly is: 'compared';
      /** Steps that both sides have, and those among them without any difference. */
      readonly compared: number;
      readonly agreed: number;
      /** Steps only one side has: the other had ended, or did not look at the boxes there. */
      readonly unpaired: number;
      readonly differences: readonly Difference[];
    }
  | { readonly is: 'not-compared'; readonly why: string };

/** What the sides are called, and by which contract each is judged. */
export interface SideNames {
  readonly names: readonly [string, string];
  readonly contracts: readonly [string, string];
}

/** Whether a run says anything about its runtime: the machine did not spoil it, and nobody stopped it. */
export const isJudged = ({ ending }: ObservedRun): boolean =>
  ending.is === 'passed' || ending.is === 'failed';

/** Compares two runs of one program step by step. */
export function compareRuns(a: ObservedRun, b: ObservedRun, sides: SideNames): RunComparison {
  const at = [a, b].findIndex((run) => !isJudged(run));
  if (at >= 0) {
    const { ending } = [a, b][at] as ObservedRun;
    const why = ending.is === 'infrastructure' ? `infrastructure: ${ending.why}` : ending.is;
    return { is: 'not-compared', why: `${sides.names[at]}: ${why}` };
  }
  const others = new Map(b.steps.map((step) => [step.key, step]));
  const pairs = a.steps.flatMap((step): Pair[] => {
    const other = others.get(step.key);
    return other ? [[step, other]] : [];
  });
  const perStep = differencesOf(pairs, sides);
  const lonely: Pair[] = [
    ...lonelyComplaint(a, b).map((step): Pair => [step, absent(step, b)]),
    ...lonelyComplaint(b, a).map((step): Pair => [absent(step, a), step]),
  ];
  const differences = [...perStep, ...differencesOf(lonely, sides)].flat();
  return {
    is: 'compared',
    compared: pairs.length,
    agreed: perStep.filter((found) => found.length === 0).length,
    unpaired: a.steps.length + b.steps.length - 2 * pairs.length,
    differences: differences.map((one) => withRate(one, a, b)),
  };
}

/** What leads to another world is remembered: it explains later steps whose predictions differ. */
function differencesOf(pairs: readonly Pair[], { names, contracts }: SideNames): Difference[][] {
  const [mine, theirs] = contracts;
  let cause = mine === theirs ? 'no difference that was seen' : `the contracts ${mine} and ${theirs} differ`;
  return pairs.map((pair) => {
    const found = compareStep(pair, { names, cause });
    const parting = found.find((one) => one.class === 'known' || one.class === 'either');
    if (parting) cause = `${parting.class}: ${parting.op}: ${parting.what}`;
    return found;
  });
}

/** A complaint at a place the other side never came to is a contradiction all the same. */
function lonelyComplaint(own: ObservedRun, other: ObservedRun): ObservedStep[] {
  const last = own.steps.at(-1);
  return last?.complaint && !other.steps.some(({ key }) => key === last.key) ? [last] : [];
}

/** Stands for a step that a run never came to. */
function absent({ complaint: _, ...step }: ObservedStep, { ending }: ObservedRun): ObservedStep {
  const shown = ending.is === 'failed' ? 'had ended before' : 'was not asked here';
  return { ...step, matched: null, shown };
}

/** Where both sides failed, a rate would be about one of them only. */
function withRate(difference: Difference, a: ObservedRun, b: ObservedRun): Difference {
  const about = openClasses.has(difference.class) && difference.class !== 'both-contradict';
  const rate = a.rate && b.rate ? undefined : (a.rate ?? b.rate);
  return about && rate ? { ...difference, rate } : difference;
}
