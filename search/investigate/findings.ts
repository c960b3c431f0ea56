import { isReproducible, type Verdict } from '../../program/failure.ts';
import type { FailedHistory } from '../../program/history.ts';
import { type Signature, signatureOf } from '../../verdict/signature.ts';
import { type Investigation, investigate } from './investigate.ts';
import type { InvestigateOptions, ShrinkBudget, ShrinkEffort } from './look.ts';

/** A disagreement; one for each signature. It grows while it is investigated. */
export interface Finding {
  readonly signature: Signature;
  /** The run that showed it first. */
  readonly first: FailedHistory;
  /** The run of the simplest program known to show it. */
  smallest: FailedHistory;
  /** Null: not classified, because nothing more may be spent or the caller stopped it. */
  verdict: Verdict | null;
  /** What shrinking cost; null: not shrunk. */
  shrunk: ShrinkEffort | null;
  /** What was spent on it, milliseconds. */
  spentMs: number;
  /** Programs that failed with this signature; runs for the sake of a finding are none. */
  times: number;
}

/** What may be spent on findings, by the milliseconds that have been spent on all of them so far. */
export interface FindingBudget {
  /** Whether the next finding is investigated; else it is only kept. */
  mayInvestigate(spentMs: number): boolean;
  shrink(spentMs: number): ShrinkBudget;
  /** Most milliseconds for one finding: nothing is begun for it afterwards. Absent: no limit. */
  readonly eachMs?: number;
}

/** What findings are investigated with, and who hears of them. */
export interface FindingsOptions
  extends Pick<InvestigateOptions, 'run' | 'rules' | 'signal' | 'reruns' | 'now'> {
  readonly budget: FindingBudget;
  /** Other failures that turn up while a finding is investigated are findings too, as if they were kept. */
  readonly takeOthers: boolean;
  /** Which findings are gone on with first. Default all alike. */
  readonly isNews?: (finding: Finding) => boolean;
  /** A new signature: called, and waited for, before anything else is done about it. */
  readonly onFinding: (finding: Finding) => void | Promise<void>;
  /** Something more is known of a finding: its verdict, a simpler program, another program that shows it. */
  readonly onUpdate?: (finding: Finding) => void | Promise<void>;
  /** Made shorter, one finding turned out to be another: it is left out, and the other is updated next. */
  readonly onMerged?: (finding: Finding, into: Finding) => void | Promise<void>;
}

/** A failed run as a finding: its first one or one more. */
interface Kept {
  readonly finding: Finding;
  readonly isNew: boolean;
}

/** The findings of one invocation. */
export interface Findings {
  readonly list: readonly Finding[];
  /** Reports a failed run when its signature is new, counts it otherwise. */
  keep(history: FailedHistory): Promise<void>;
  /**
   * The finding to investigate now, if there is one: those kept that are new, as long as something may be spent, one at
   * a time. `atEnd`: side by side, and once each what was left open: what `isNews` first, then what boots the fewest
   * boxes.
   */
  next(atEnd: boolean): Finding | undefined;
  /** Classifies a finding and makes it shorter; what it is in the end. */
  investigate(finding: Finding): Promise<Finding>;
  /** Keeps a failed run and investigates it at once, if it is new and something may be spent on it. */
  take(history: FailedHistory): Promise<Finding>;
  /** How many were left open and may be gone on with. */
  open(): number;
}

/** Whether it is not judged, or not made as short as can be. */
export const isOpen = ({ verdict, shrunk }: Pick<Finding, 'verdict' | 'shrunk'>): boolean =>
  verdict === null || (isReproducible(verdict) && !shrunk?.exhausted);

/** No findings yet. */
export function newFindings(options: FindingsOptions): Findings {
  const { signal, budget, now = () => performance.now(), isNews = () => true } = options;
  const list: Finding[] = [];
  /** Findings kept that are new, and those under way with what ends when nothing more is spent on them. */
  const fresh: Finding[] = [];
  const underWay = new Map<Finding, Promise<unknown>>();
  /** What merged findings were found as. */
  const merged = new Map<string, Finding>();
  /** Findings that were gone on with. */
  const goneOnWith = new Set<Finding>();
  const { eachMs = Number.POSITIVE_INFINITY } = budget;
  let spentMs = 0;

  function seenBefore({ key }: Signature, except?: Finding): Finding | undefined {
    // By what it was found as, and by what its simplest program shows.
    const isIt = (one: Finding): boolean => one.signature.key === key || shownBy(one).key === key;
    const before = list.find((one) => one !== except && isIt(one)) ?? merged.get(key);
    return before === except ? undefined : before;
  }

  async function register(history: FailedHistory, programs: 0 | 1): Promise<Kept> {
    const signature = signatureOf(history.ending.failure);
    const before = seenBefore(signature);
    if (before) {
      before.times += programs;
      await options.onUpdate?.(before);
      return { finding: before, isNew: false };
    }
    const empty = { verdict: null, shrunk: null, spentMs: 0, times: programs };
    const finding: Finding = { signature, first: history, smallest: history, ...empty };
    list.push(finding);
    await options.onFinding(finding);
    return { finding, isNew: true };
  }

  async function spendOn(finding: Finding): Promise<readonly FailedHistory[]> {
    const leftMs = eachMs - finding.spentMs;
    if (signal.aborted || leftMs <= 0) return [];
    const begunMs = now();
    const spentSoFar = (): number => spentMs + now() - begunMs;
    const share = new AbortController();
    const { first, smallest } = finding;
    try {
      const done = await investigate(first, {
        ...options,
        signal: AbortSignal.any([signal, share.signal]),
        run: async (program, _until, purpose) => {
          if (now() - begunMs >= leftMs) share.abort(new Error('its share of the time is used up'));
          share.signal.throwIfAborted();
          // The end of its share does not end what is being run.
          return options.run(program, signal, purpose);
        },
        ...(smallest !== first && { from: smallest }),
        shrink: () => {
          const { runs, seconds } = budget.shrink(spentSoFar());
          return { runs, seconds: Math.min(seconds, leftMs / 1000) };
        },
        onVerdict: (verdict) => update(finding, { verdict }),
        onSimpler: (smallest) => update(finding, { smallest }),
      });
      if (done.shrunk) await update(finding, done);
      return options.takeOthers ? done.others : [];
    } finally {
      finding.spentMs += now() - begunMs;
      spentMs = spentSoFar();
    }
  }

  async function update(finding: Finding, known: Partial<Investigation>): Promise<void> {
    const { verdict = finding.verdict, smallest = finding.smallest, shrunk = finding.shrunk } = known;
    Object.assign(finding, { verdict, smallest, shrunk });
    await options.onUpdate?.(finding);
  }

  /** Two findings that show the same in the end are one: the better judged of their programs stays, or the shorter. */
  async function merge(finding: Finding): Promise<Finding> {
    const twin = seenBefore(shownBy(finding), finding);
    if (!twin) return finding;
    const end = underWay.get(twin);
    // What is still found out of the other decides as well.
    if (end) return end.then(() => merge(finding));
    list.splice(list.indexOf(finding), 1);
    merged.set(finding.signature.key, twin);
    for (const [key, into] of merged) if (into === finding) merged.set(key, twin);
    twin.times += finding.times;
    const { verdict, smallest, shrunk } = finding;
    const isShorter = smallest.program.steps.length < twin.smallest.program.steps.length;
    if (!twin.verdict || (verdict && isShorter)) Object.assign(twin, { verdict, smallest, shrunk });
    await options.onMerged?.(finding, twin);
    await options.onUpdate?.(twin);
    return twin;
  }

  async function keep(history: FailedHistory, programs: 0 | 1 = 1): Promise<void> {
    const { finding, isNew } = await register(history, programs);
    if (isNew) fresh.push(finding);
  }

  async function take(history: FailedHistory): Promise<Finding> {
    const { finding, isNew } = await register(history, 1);
    return isNew && !signal.aborted && budget.mayInvestigate(spentMs) ? investigated(finding) : finding;
  }

  async function investigated(found: Finding): Promise<Finding> {
    const spending = spendOn(found);
    const settled = spending.catch(() => {}).finally(() => underWay.delete(found));
    underWay.set(found, settled);
    const others = await spending;
    await settled;
    const finding = await merge(found);
    for (const other of others) await keep(other, 0);
    return finding;
  }

  const left = (): Finding[] =>
    list.filter((one) => isOpen(one) && !goneOnWith.has(one) && one.spentMs < eachMs);

  const byPromise = (a: Finding, b: Finding): number =>
    Number(isNews(b)) - Number(isNews(a)) || a.smallest.boxes - b.smallest.boxes;

  function next(atEnd: boolean): Finding | undefined {
    if (signal.aborted || (!atEnd && underWay.size > 0)) return undefined;
    for (let one = fresh.shift(); one; one = fresh.shift()) if (budget.mayInvestigate(spentMs)) return one;
    if (!atEnd) return undefined;
    const [first] = left()
      .filter((one) => !underWay.has(one))
      .sort(byPromise);
    if (first) goneOnWith.add(first);
    return first;
  }

  return { list, keep, next, investigate: investigated, take, open: () => left().length };
}

const shownBy = ({ smallest }: Finding): Signature => signatureOf(smallest.ending.failure);
