import type { DefectName } from '../../reference/defects.ts';

/** What finding one defect took, up to and including the first failure, or the whole budget. */
export interface Hunt {
  readonly tool: string;
  readonly defect: DefectName;
  readonly found: boolean;
  readonly programs: number;
  /** Steps executed. */
  readonly steps: number;
  /** Steps drawn but not executed. */
  readonly skipped: number;
  readonly boots: number;
  readonly seconds: number;
  /** Steps of the first failing program once it has been shrunk; null: not found, or not shrunk. */
  readonly shrunk: number | null;
}

/** What may be spent on one defect, by every tool alike. */
export interface HuntBudget {
  readonly programs: number;
  readonly steps: number;
}
