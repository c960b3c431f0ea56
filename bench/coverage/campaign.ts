import { runCampaign } from '../../search/campaign/campaign.ts';
import { keyText } from '../../search/coverage/coverage-key.ts';
import { cellText, goalsOf } from '../../search/coverage/guide/goal.ts';
import { defaultSettings, sharing } from '../../search/generate/settings.ts';
import { everySurface } from '../harness/draw.ts';
import { rules } from '../harness/reference.ts';
import { simulatedRuntime } from '../simulated/runtime.ts';

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

/** Runs the campaign as `fuzz` does, on the model with a simulated clock. */
export async function coverageOf(trial: CoverageTrial): Promise<CoverageResult> {
  const goals = new Set<string>();
  const runtime = simulatedRuntime((_world, step, { label }, _at, situation) => {
    for (const goal of goalsOf(keyText(step, situation, label))) goals.add(cellText(goal));
  });
  await runCampaign({
    seed: trial.seed,
    rules,
    surfaces: new Set(everySurface),
    settings: sharing(defaultSettings, trial.guided),
    run: runtime.run,
    seconds: trial.minutes * 60,
    guided: trial.guided > 0,
    onFinding: () => {},
    signal: new AbortController().signal,
    clock: { now: runtime.now },
  });
  return { ...trial, ...runtime.spent, goals: [...goals] };
}
