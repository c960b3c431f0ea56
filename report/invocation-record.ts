import type { Verdict } from '../program/failure.ts';
import type { Spent } from '../search/campaign/spent.ts';
import type { CoverageRow, Totals } from '../search/campaign/tally.ts';
import type { Environment } from './environment.ts';

export type { CoverageRow };

/** One program of a run. */
export interface ProgramLine {
  /** File name without folder and ending, or `seed 17`. */
  name: string;
  group: 'pinned' | 'found' | 'seed' | 'fuzz' | 'repro';
  seed?: number;
  steps: number;
  boxes: number;
  ms: number;
  /**
   * `unconfirmed`: failed once on a shaky machine and in none of the re-runs, or for a mark that the re-runs
   * show; kept, told, no reason to stop a merge. `unjudged`: it did not fail, and not all of it was judged.
   */
  result: 'passed' | 'failed' | 'unconfirmed' | 'unjudged' | 'infrastructure' | 'interrupted';
  /** Why it did not pass. */
  why?: string;
  /** Of the counterexample of a known divergence: what became of it. */
  mark?: { id: string; is: 'there' | 'not-seen' | 'gone' | 'changed' };
}

/** One finding, by its signature. */
export interface FindingLine {
  key: string;
  text: string;
  /** The complaint without surface and situation: findings of one family may well be one bug. */
  family: string;
  /** When it was seen first, and in how many runs before this one; absent for a new one. */
  seen?: { first: string; runs: number };
  /** Folder of the counterexample. */
  dir: string;
  verdict: Verdict | null;
  /** Seed of the program. */
  seed?: number;
  steps: number;
  originalSteps: number;
  /** How many programs of this run failed in this way. */
  hits: number;
  /** What no time was left for; `repro --shrink` on its folder goes on with it. */
  open?: 'not judged' | 'not made as short as can be';
  /** Id of a known divergence that looks the same but does not apply there: not news, but a mark to widen. */
  variantOf?: string;
  /** false: it is no reason to stop a merge; see `unconfirmed`. */
  gates?: false;
}

/** A program under which the machine broke: in how many of its runs, re-runs included, and how at last. */
export interface BrokenLine {
  program: string;
  times: number;
  why: string;
}

/** How often the machine broke in each way, re-runs included. */
export type MachineEvents = Record<string, number>;

/** A signature that earlier runs on this target have seen and this one has not. */
export interface GoneLine {
  text: string;
  lastSeen: string;
  runs: number;
  versions: string[];
  dir: string;
}

/** A known divergence that applied in this run. */
export interface KnownLine {
  id: string;
  title: string;
  hits: number;
  misses: number;
  /** The contract's own answer came back too often: the mark must go. */
  stale: boolean;
}

/** Everything a run leaves behind about itself; all reports are made from this alone. */
export interface InvocationRecord {
  format: 1;
  use: 'smoke' | 'fuzz' | 'repro';
  environment: Environment;
  startedAt: string;
  totalMs: number;
  /** Programs that were run at once, unless a warning says that they became fewer. */
  lanes: number;
  /** `complete`: all there was to do. `deadline`: the time given was used. Others: ended early. */
  ended: 'complete' | 'deadline' | 'interrupted' | 'infrastructure';
  /** Why it ended early. */
  why?: string;
  totals: Totals & {
    /** Waited for the runtime and its machine, and all other time of the run: boxcheck's own. Together `totalMs`. */
    runtimeMs: number;
    harnessMs: number;
    /** Processor time of the boxcheck process, also while it waits. */
    cpuMs: number;
  };
  /** What its time went into, in the mean of all lanes. */
  spent: Spent;
  /** All programs of a smoke run; of a fuzz run those that did not pass. */
  programs: ProgramLine[];
  /** The most frequent first. */
  broken: BrokenLine[];
  machine: MachineEvents;
  findings: FindingLine[];
  /** Of a fuzz run. */
  gone?: GoneLine[];
  known: KnownLine[];
  coverage: CoverageRow[];
  warnings: string[];
}

const confirmed = (finding: FindingLine): boolean => finding.gates !== false;

/** Whether not one program ran to a verdict. */
export const nothingRan = ({ totals }: { totals: Pick<Totals, 'programs' | 'corpus'> }): boolean =>
  totals.programs + totals.corpus === 0;

/** What not one program was; a campaign that ran its corpus alone drew none, for which it is there. Null: all is well. */
export function nothingWas({
  use,
  totals,
}: Pick<InvocationRecord, 'use' | 'totals'>): 'run' | 'drawn' | null {
  if (nothingRan({ totals })) return 'run';
  return use === 'fuzz' && totals.programs === 0 ? 'drawn' : null;
}

/**
 * Exit code of a run: 0 fine, 1 something failed, 3 nothing can be said (no program ran or was drawn, not all of one was judged,
 * or it ended early because the machine broke), 130 interrupted. A failure that was seen weighs more than a broken machine.
 */
export function exitCodeOf(record: InvocationRecord): 0 | 1 | 3 | 130 {
  if (record.ended === 'interrupted') return 130;
  if (record.totals.failed > 0 || record.findings.some(confirmed) || record.known.some((mark) => mark.stale))
    return 1;
  if (nothingWas(record) !== null || record.ended === 'infrastructure') return 3;
  return record.use !== 'fuzz' && record.totals.infrastructure + record.totals.unjudged > 0 ? 3 : 0;
}

/** Why a run says nothing, or less than it was asked; null where it says all. */
export function shortfall(record: InvocationRecord): string | null {
  const { ended, why = 'ended early' } = record;
  if (ended === 'interrupted') return `interrupted: ${why}`;
  const nothing = nothingWas(record);
  if (nothing) return `no program was ${nothing}`;
  return ended === 'infrastructure' ? why : null;
}
