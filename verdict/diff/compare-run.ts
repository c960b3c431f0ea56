import { compareStep } from './compare-step.ts';
import { type Difference, openClasses } from './difference.ts';
import type { ObservedRun, ObservedStep, Rate } from './observed.ts';

/** Two runs of one program held against each other. */
export type RunComparison =
  | {
      readonly is: 'compared';
      /** Steps that both sides have. */
      readonly compared: number;
      /** Those among them without any difference. */
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

/** Compares two runs of one program step by step. */
export function compareRuns(a: ObservedRun, b: ObservedRun, sides: SideNames): RunComparison {
  const why = [a, b].map(whyNot).findIndex((text) => text !== null);
  if (why >= 0)
    return { is: 'not-compared', why: `${sides.names[why]}: ${whyNot([a, b][why] as ObservedRun)}` };
  const others = new Map(b.steps.map((step) => [step.key, step]));
  const pairs = a.steps.flatMap((step): [ObservedStep, ObservedStep][] => {
    const other = others.get(step.key);
    return other ? [[step, other]] : [];
  });
  const perStep = differencesOf(pairs, sides);
  const lonely = [...lonelyComplaints(a, b, 0, sides), ...lonelyComplaints(b, a, 1, sides)];
  return {
    is: 'compared',
    compared: pairs.length,
    agreed: perStep.filter((found) => found.length === 0).length,
    unpaired: a.steps.length + b.steps.length - 2 * pairs.length,
    differences: [...perStep.flat(), ...lonely].map((one) => withRate(one, a, b)),
  };
}

/** Where both sides failed, a rate would be about one of them only. */
function withRate(difference: Difference, a: ObservedRun, b: ObservedRun): Difference {
  const about = openClasses.has(difference.class) && difference.class !== 'both-contradict';
  const rates = [a.rate, b.rate].filter((rate): rate is Rate => rate !== undefined);
  return about && rates.length === 1 ? { ...difference, rate: rates[0] as Rate } : difference;
}

/** Whether a run says anything about its runtime: the machine did not spoil it, and nobody stopped it. */
export const isJudged = (run: ObservedRun): boolean => whyNot(run) === null;

function whyNot({ ending }: ObservedRun): string | null {
  if (ending.is === 'infrastructure') return `infrastructure: ${ending.why}`;
  return ending.is === 'interrupted' ? 'interrupted' : null;
}

/** What leads to another world is remembered: it explains later steps whose predictions differ. */
function differencesOf(pairs: readonly [ObservedStep, ObservedStep][], sides: SideNames): Difference[][] {
  const [mine, theirs] = sides.contracts;
  let cause = mine === theirs ? 'no difference that was seen' : `the contracts ${mine} and ${theirs} differ`;
  return pairs.map((pair) => {
    const found = compareStep(pair, { names: sides.names, cause });
    const parting = found.find((one) => one.class === 'known' || one.class === 'either');
    if (parting) cause = `${parting.class}: ${parting.op}: ${parting.what}`;
    return found;
  });
}

/** A complaint at a place the other side never came to is a contradiction all the same. */
function lonelyComplaints(
  own: ObservedRun,
  other: ObservedRun,
  side: 0 | 1,
  { names }: SideNames,
): Difference[] {
  const last = own.steps.at(-1);
  if (!last?.complaint || other.steps.some(({ key }) => key === last.key)) return [];
  const { at, op, via, situation, complaint, shown } = last;
  const absent = other.ending.is === 'failed' ? 'had ended before' : 'was not asked here';
  const told: [string, string] = side === 0 ? [shown, absent] : [absent, shown];
  return [
    {
      class: complaint.is,
      at,
      op,
      via,
      situation,
      what: `${names[side]} ${complaint.text} / ${names[1 - side]} ${absent}`,
      seen: told,
    },
  ];
}
