import { type Drawing, drawProgram } from '../bench/harness/draw.ts';
import { simulateCampaign } from '../bench/harness/simulated.ts';
import type { Program } from '../program/program.ts';

/** What the programs of the seeds are. */
export interface Drawn {
  readonly drawing?: Drawing;
  /** Programs drawn before a defect counts as survived. */
  readonly programs: number;
  /** Share of programs that coverage guides; absent: programs depend on their seed and number alone. */
  readonly guided?: number;
}

/** Program number `index` of a seed. */
export type Programs = (seed: number, index: number) => Promise<Program>;

/**
 * Draws the programs of a campaign. Guided ones are those of a campaign on the model, which covers what a runtime
 * without defects would: they are the same for every defect.
 */
export function drawnAs({ programs, guided = 0, drawing }: Drawn): Programs {
  if (guided === 0) return async (seed, index) => drawProgram(seed, index, drawing);
  const campaigns = new Map<number, Promise<readonly Program[]>>();
  return async (seed, index) => {
    const campaign =
      campaigns.get(seed) ?? simulateCampaign({ seed, guided, programs }).then((ran) => ran.programs);
    campaigns.set(seed, campaign);
    return (await campaign)[index] as Program;
  };
}
