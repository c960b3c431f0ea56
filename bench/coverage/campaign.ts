import { goalsOf, goalText, keyText } from '../../search/coverage/guide/goal.ts';
import { performs } from '../harness/performer.ts';
import { simulateCampaign } from '../harness/simulated.ts';

/** One campaign on the model. */
export interface CoverageTrial {
  readonly seed: number;
  /** Simulated minutes. */
  readonly minutes: number;
  /** Share of programs that are guided: `fuzz --guided`. */
  readonly guided: number;
}

/** What it covered, and what that took. */
export interface CoverageResult extends CoverageTrial {
  readonly programs: number;
  readonly commands: number;
  readonly boots: number;
  /** Coverage goals as text. */
  readonly goals: readonly string[];
}

/** Runs one campaign on the model. */
export async function coverageOf(trial: CoverageTrial): Promise<CoverageResult> {
  const goals = new Set<string>();
  const { seed, minutes, guided } = trial;
  const { spent } = await simulateCampaign(
    { seed, guided, seconds: minutes * 60 },
    (step, { label }, _at, situation) => {
      for (const goal of goalsOf(keyText(step, situation, label))) goals.add(goalText(goal));
    },
  );
  return { ...trial, ...spent, goals: [...goals] };
}

/** Opens a performer of campaigns on the model. */
export const openPerformer = performs(coverageOf);
