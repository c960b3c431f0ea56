import { type History, hasFailed, type RunProgram } from '../../program/history.ts';
import type { Program } from '../../program/program.ts';
import type { Surface } from '../../program/step.ts';
import { addHistory, addUses, type CoverageTable, coverageTable } from '../coverage/coverage.ts';
import { prepareGuide } from '../coverage/guide/guide.ts';
import { defaultSettings, type SearchSettings } from '../generate/settings.ts';
import {
  type Finding,
  type FindingBudget,
  type FindingsOptions,
  newFindings,
} from '../investigate/findings.ts';
import type { ShrinkBudget } from '../investigate/look.ts';
import { LostMachineError } from '../investigate/steady-runner.ts';
import { drawerOf } from './drawer.ts';
import { sideBySide } from './side-by-side.ts';
import { newTally, type Tally } from './tally.ts';

/** Time as the campaign sees it; tests give their own. */
interface Clock {
  /** Milliseconds, monotonic. */
  now(): number;
}

/** What a campaign is to do, and who hears of it. */
export interface CampaignOptions
  extends Pick<
    FindingsOptions,
    'rules' | 'reruns' | 'onFinding' | 'onUpdate' | 'onMerged' | 'signal' | 'isNews'
  > {
  readonly seed: number;
  readonly surfaces: ReadonlySet<Surface>;
  readonly settings?: SearchSettings;
  /** Runs a program; a broken machine is its business, see `steadyRunner`. */
  readonly run: RunProgram;
  /** Programs that `run` may be asked for at once; default 1. */
  readonly lanes?: number;
  /** Programs to run before any is drawn, such as the corpus; not counted among `programs`. */
  readonly first?: readonly Program[];
  /** Programs to draw; default no limit. */
  readonly programs?: number;
  /** Seconds to go on for; default no limit. Afterwards nothing is begun, whatever for; what is being run is finished. */
  readonly seconds?: number;
  /** Findings that are news after which it ends, once they are investigated; default no limit. */
  readonly maxFindings?: number;
  /** For one finding. Default: {@link defaultShrink}. */
  readonly shrinkBudget?: ShrinkBudget;
  /** Largest share of the campaign's seconds for one finding. Default a third; 0: findings are only kept. */
  readonly findingShare?: number;
  /** Guides drawing when `guided`, and takes up what is covered. Default an empty one. */
  readonly coverage?: CoverageTable;
  readonly guided?: boolean;
  /** Takes up what is run. Default an empty one. */
  readonly tally?: Tally;
  /** Every program's own run, whether it came to a verdict or not. */
  readonly onProgram?: (history: History) => void | Promise<void>;
  readonly onProgress?: (soFar: Readonly<CampaignResult>) => void;
  readonly clock?: Clock;
}

/** What a campaign has done. */
export interface CampaignResult {
  readonly tally: Tally;
  readonly coverage: CoverageTable;
  readonly findings: readonly Finding[];
  /** Programs of `first` that were not come to. */
  notRun: number;
  elapsedMs: number;
  stoppedBy: 'programs' | 'seconds' | 'findings' | 'caller' | 'infrastructure' | null;
  /** What is wrong with the machine, where that stopped it. */
  why?: string;
}

/** What shrinking one finding may cost. */
export const defaultShrink: ShrinkBudget = { runs: 200, seconds: 600 };
/** One finding may have this share of the time, all together that one before the campaign's end. */
export const FINDING_SHARE = 1 / 3;
const ALL_SHARE = 0.5;

/**
 * Draws and runs programs until the number of programs, the time or the caller ends it. A failure of a new
 * signature is reported at once, then classified and shrunk as far as time allows; one that is known is counted.
 * What breaks the machine is never a finding. What was left open of findings is gone on with once there is no program
 * to draw any more, or when the time that is left is what that may take.
 *
 * With several lanes programs are run at once, and each is taken up when it has ended. A finding takes one lane, one
 * finding after the other; at the end each has a lane, and those that none is left for draw programs as before. A
 * program that chance draws depends on its number alone; a guided one on what is covered when it is drawn, which the
 * programs that are being run then have no part in.
 */
export async function runCampaign(options: CampaignOptions): Promise<CampaignResult> {
  const { clock = performance, tally = newTally(), coverage = coverageTable() } = options;
  const startMs = clock.now();
  const elapsedMs = (): number => clock.now() - startMs;
  const { seconds = Number.POSITIVE_INFINITY, rules, surfaces, settings = defaultSettings } = options;
  const over = new AbortController();
  const signal = AbortSignal.any([options.signal, over.signal]);
  const isOver = (): boolean => {
    if (elapsedMs() >= seconds * 1000) over.abort();
    return signal.aborted;
  };
  const run: RunProgram = async (program, until) => {
    const history = await options.run(program, until);
    isOver();
    addHistory(coverage, history);
    return history;
  };
  const findings = newFindings({
    ...options,
    signal,
    run: async (program, _until, purpose) => {
      if (isOver()) throw signal.reason;
      // The end of the campaign's time does not end what is being run.
      const history = await run(program, options.signal);
      tally.addEffort(history, purpose);
      return history;
    },
    takeOthers: true,
    now: () => clock.now(),
    budget: budgetOf(options, elapsedMs),
  });
  const { list } = findings;
  const result: CampaignResult = {
    ...{ tally, coverage, findings: list },
    ...{ notRun: 0, elapsedMs: 0, stoppedBy: null },
  };
  const draw = drawerOf({ ...options, settings }, coverage);
  const { first = [], lanes = 1 } = options;
  let index = -first.length;
  const { isNews = () => true } = options;
  const news = (): number => list.filter(isNews).length;
  const stopped = () => whyStop(options, index, news(), elapsedMs());
  const next = (): number | Finding | undefined => {
    result.notRun = Math.max(0, -index);
    const stop = isOver() || stopped();
    const isLate = elapsedMs() >= (seconds - reserveOf(options, findings.open())) * 1000;
    return findings.next(isLate || Boolean(stop)) ?? (stop ? undefined : index++);
  };
  // Beside the programs that are run before any is drawn.
  const prepared =
    options.guided && options.programs !== 0 && prepareGuide(rules, { surfaces, settings }, isOver);
  const runNumber = async (index: number, left: AbortSignal): Promise<History | null> => {
    if (index >= 0) await prepared;
    // What was not prepared would be made at once now, long after the end.
    if (isOver()) return null;
    const program = index < 0 ? (first.at(index) as Program) : draw(index);
    // To draw the newest of some takes a second or two, and to run it a minute in the lab.
    if (isOver()) return null;
    const history = await run(program, AbortSignal.any([options.signal, left]));
    if (index >= 0) addUses(coverage, history);
    // Kept at once: nothing that goes on beside it can lose it.
    if (hasFailed(history) && !left.aborted) await findings.keep(history);
    return history;
  };
  const workOn = async (thing: number | Finding, left: AbortSignal): Promise<History | null> => {
    try {
      if (typeof thing === 'number') return await runNumber(thing, left);
      await findings.investigate(thing);
      return null;
    } catch (error) {
      // Nothing more is begun beside it, for findings neither.
      over.abort(error);
      throw error;
    }
  };
  try {
    // The second time for what is left where the number of findings has ended the first.
    for (const mayDraw of [true, false]) {
      const things = mayDraw ? next : () => findings.next(true);
      for await (const { thing, result: history } of sideBySide(things, { lanes, order: 'done' }, workOn)) {
        if (history) {
          tally.add(history, Number(thing) < 0);
          await options.onProgram?.(history);
        }
        result.elapsedMs = elapsedMs();
        options.onProgress?.(result);
        if (mayDraw && news() >= (options.maxFindings ?? Number.POSITIVE_INFINITY)) break;
      }
    }
    result.stoppedBy = stopped();
  } catch (error) {
    if (!(error instanceof LostMachineError)) throw error;
    result.stoppedBy = 'infrastructure';
    result.why = error.message;
  } finally {
    over.abort();
  }
  result.elapsedMs = elapsedMs();
  return result;
}

function whyStop(
  { signal, programs, seconds, maxFindings }: CampaignOptions,
  index: number,
  findings: number,
  elapsedMs: number,
): CampaignResult['stoppedBy'] {
  if (signal.aborted) return 'caller';
  if (maxFindings !== undefined && findings >= maxFindings) return 'findings';
  if (programs !== undefined && index >= programs) return 'programs';
  return seconds !== undefined && elapsedMs >= seconds * 1000 ? 'seconds' : null;
}

/** Seconds at the end for what was left open of so many findings. */
function reserveOf(
  { seconds = 0, findingShare = FINDING_SHARE, shrinkBudget }: CampaignOptions,
  open: number,
) {
  const mostS = findingShare * seconds;
  return Math.min(mostS, open * (shrinkBudget ?? defaultShrink).seconds);
}

/** The first finding is always investigated; later ones while that has not eaten up its share of the campaign's time. */
function budgetOf(options: CampaignOptions, elapsedMs: () => number): FindingBudget {
  const { seconds, findingShare = FINDING_SHARE, shrinkBudget = defaultShrink } = options;
  const secondsLeft = (): number =>
    seconds === undefined ? Number.POSITIVE_INFINITY : Math.max(0, seconds - elapsedMs() / 1000);
  return {
    eachMs: findingShare > 0 ? findingShare * (seconds ?? Number.POSITIVE_INFINITY) * 1000 : 0,
    mayInvestigate: (spentMs) => spentMs <= ALL_SHARE * Math.max(elapsedMs(), (seconds ?? 0) * 1000),
    shrink: () => ({ runs: shrinkBudget.runs, seconds: Math.min(shrinkBudget.seconds, secondsLeft()) }),
  };
}
