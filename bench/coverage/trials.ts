import type { OpenPerformer } from '../harness/performer.ts';
import { type CoverageResult, type CoverageTrial, coverageOf } from './campaign.ts';

/** Opens a performer of campaigns on the model. */
export const openPerformer: OpenPerformer<null, CoverageTrial, CoverageResult> = () => ({
  perform: coverageOf,
  close: async () => {},
});
