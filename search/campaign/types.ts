import type { Failure, Verdict } from '../../program/failure.ts';
import type { History, RunProgram } from '../../program/history.ts';
import type { Program } from '../../program/program.ts';
import type { Surface } from '../../program/step.ts';
import type { Reruns } from '../../verdict/rerun-rule.ts';
import type { Signature } from '../../verdict/signature.ts';
import type { CoverageTable } from '../coverage/coverage.ts';
import type { SearchSettings } from '../generate/settings.ts';
import type { Rules } from '../worlds/rules.ts';

/** A disagreement found by a campaign; one for each signature. It grows while it is looked into. */
export interface Finding {
  readonly signature: Signature;
  /** Number (-1: it was not drawn) and seed of the program that showed it first. */
  readonly index: number;
  readonly seed: number;
  /** The program as it was drawn. */
  readonly original: Program;
  /** The simplest program known to show it. */
  program: Program;
  failure: Failure;
  /** The run that showed it first; null when it turned up while another one was shrunk. */
  readonly history: History | null;
  /** null: not classified, because time ran out or the campaign was stopped. */
  verdict: Verdict | null;
  /** What shrinking cost; null: not shrunk. */
  shrunk: { readonly runs: number; readonly commands: number; readonly exhausted: boolean } | null;
  /** Programs of this campaign that failed with this signature. */
  times: number;
}

/** Time as the campaign sees it; tests give their own. */
export interface Clock {
  /** Milliseconds, monotonic. */
  now(): number;
}

export interface CampaignOptions {
  readonly seed: number;
  readonly rules: Rules;
  readonly surfaces: ReadonlySet<Surface>;
  readonly settings?: SearchSettings;
  readonly run: RunProgram;
  /** Programs to run before any is drawn, such as the corpus; not counted among `programs`. */
  readonly first?: readonly Program[];
  /** Programs to draw; default no limit. */
  readonly programs?: number;
  /** Seconds to go on for; default no limit. What is being run at the end is finished. */
  readonly seconds?: number;
  readonly reruns?: Partial<Reruns>;
  /** For one finding. Default 200 runs, 600 seconds. */
  readonly shrinkBudget?: { readonly runs: number; readonly seconds: number };
  /** Largest share of the campaign's time for looking into findings; beyond it they are only kept. Default 0.5. */
  readonly findingShare?: number;
  /** Guides drawing when `guided`, and takes up what is covered. Default an empty one. */
  readonly coverage?: CoverageTable;
  readonly guided?: boolean;
  /** A new signature: called, and waited for, before anything else is done about it. */
  readonly onFinding: (finding: Finding) => void | Promise<void>;
  /** Something more is known of a finding: its verdict, a simpler program. */
  readonly onUpdate?: (finding: Finding) => void | Promise<void>;
  readonly onProgress?: (totals: Totals, index: number) => void;
  /** Every run, those of re-runs and shrinking included. */
  readonly onHistory?: (history: History) => void | Promise<void>;
  /** A program that the machine spoilt every time it was tried: neither passed nor failed. */
  readonly onUnjudged?: (history: History) => void | Promise<void>;
  /** Brings a broken machine back; rejecting ends the campaign. */
  readonly recover: (why: string) => Promise<void>;
  readonly signal: AbortSignal;
  readonly clock?: Clock;
}

export interface Totals {
  /** Programs that ran to a verdict. */
  programs: number;
  /** Steps executed. */
  steps: number;
  boxes: number;
  /** Steps of programs without a failure that were not executed. */
  skipped: number;
  cutShort: number;
  /** Runs spoilt by the machine. */
  infrastructure: number;
  /** Runs for re-runs and shrinking. */
  extraRuns: number;
  findings: Finding[];
  /** Hits of known divergences, and applicable steps without one, by id. */
  known: Record<string, number>;
  missed: Record<string, number>;
  coverage: CoverageTable;
  elapsedMs: number;
  stoppedBy: 'programs' | 'seconds' | 'caller' | 'infrastructure' | null;
}
