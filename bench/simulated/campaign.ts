import { runCampaign } from '../../search/campaign/campaign.ts';
import { defaultSettings } from '../../search/generate/settings.ts';
import { everySurface, rules } from '../harness/reference.ts';
import { type Simulated, simulatedRuntime, type Watch } from './runtime.ts';

/** A campaign on the model: its seed, the share of programs that coverage guides, and when it ends. */
export interface SimulatedCampaign {
  readonly seed: number;
  readonly guided: number;
  readonly programs?: number;
  /** Simulated seconds. */
  readonly seconds?: number;
}

/** Runs a campaign as `fuzz` does, on the model with a simulated clock. */
export async function simulateCampaign(campaign: SimulatedCampaign, watch?: Watch): Promise<Simulated> {
  const runtime = simulatedRuntime(watch);
  await runCampaign({
    ...campaign,
    rules,
    surfaces: new Set(everySurface),
    settings: { ...defaultSettings, guided: campaign.guided },
    run: runtime.run,
    guided: campaign.guided > 0,
    onFinding: () => {},
    signal: new AbortController().signal,
    clock: { now: runtime.now },
  });
  return runtime;
}
