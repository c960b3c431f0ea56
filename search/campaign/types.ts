import type { History, RunProgram } from '../../program/history.ts';
import type { Program } from '../../program/program.ts';
import type { Surface } from '../../program/step.ts';
import type { CoverageTable } from '../coverage/coverage.ts';
import type { SearchSettings } from '../generate/settings.ts';
import type { Finding, FindingsOptions } from '../investigate/findings.ts';
import type { ShrinkBudget } from '../investigate/investigate.ts';
import type { Tally } from './tally.ts';

/** Time as the campaign sees it; tests give their own. */
interface Clock {
  /** Milliseconds, monotonic. */
  now(): number;
}

/** What a campaign is to do, and who hears of it. */
export interface CampaignOptions
  extends Pick<FindingsOptions, 'rules' | 'reruns' | 'onFinding' | 'onUpdate' | 'signal'> {
  readonly seed: number;
  readonly surfaces: ReadonlySet<Surface>;
  readonly settings?: SearchSettings;
  /** Runs a program; a broken machine is its business, see `steadyRunner`. */
  readonly run: RunProgram;
  /** Programs to run before any is drawn, such as the corpus; not counted among `programs`. */
  readonly first?: readonly Program[];
  /** Programs to draw; default no limit. */
  readonly programs?: number;
  /** Seconds to go on for; default no limit. What is being run at the end is finished. */
  readonly seconds?: number;
  /** Findings after which it ends, once they are investigated; default no limit. */
  readonly maxFindings?: number;
  /** For one finding. Default 200 runs, 600 seconds. */
  readonly shrinkBudget?: ShrinkBudget;
  /** Largest share of the campaign's time for investigating findings; beyond it they are only kept. Default 0.5. */
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
  elapsedMs: number;
  stoppedBy: 'programs' | 'seconds' | 'findings' | 'caller' | 'infrastructure' | null;
}
