import type { Surface } from '../program/step.ts';
import type { DefectName } from '../reference/defects.ts';
import type { Budget } from './try-defect.ts';

/** A defect that must be found with a seed. One surface each keeps the runs short. */
export interface Case {
  readonly defect: DefectName;
  readonly seed: number;
  readonly surface: Surface;
}

/** One defect of every group that always shows: what the oracle must never lose again. */
export const cases: readonly Case[] = [
  { defect: 'newlines-translated', seed: 7, surface: 'rest' },
  { defect: 'large-code-clipped', seed: 4, surface: 'rest' },
  { defect: 'detached-dies-with-owner', seed: 1, surface: 'cli' },
  { defect: 'second-client-let-in', seed: 1, surface: 'rest' },
  { defect: 'missing-source-accepted', seed: 8, surface: 'cli' },
  { defect: 'force-implied', seed: 7, surface: 'rest' },
  { defect: 'stop-configured-stops', seed: 6, surface: 'rest' },
  { defect: 'created-answers-200', seed: 1, surface: 'rest' },
  { defect: 'failed-run-leaves-record', seed: 6, surface: 'url' },
  { defect: 'end-noticed-late', seed: 2, surface: 'rest' },
];

/** What finding one of them may cost. Short programs: this is a guard, the scoreboard is the measurement. */
export const budgetOf = (surface: Surface): Budget => ({
  programs: 20,
  shrinkRuns: 60,
  shrinkSeconds: 60,
  reruns: { confirm: 2, reruns: 4 },
  drawing: { surfaces: [surface], maxSteps: 10 },
});
