import type { Program } from '../../program/program.ts';
import type { Surface } from '../../program/step.ts';
import { programOfSeed } from '../../search/generate/program-arbitrary.ts';
import { programSeed } from '../../search/generate/seed.ts';
import { defaultSettings, type SearchSettings } from '../../search/generate/settings.ts';
import { everySurface, rules } from './reference.ts';

/** What programs are drawn for; absent parts are as in a campaign. */
export interface Drawing extends Partial<Pick<SearchSettings, 'maxSteps' | 'lengths'>> {
  readonly surfaces?: readonly Surface[];
}

/** Program number `index` of a seed: the one a campaign of this seed draws when coverage does not guide it. */
export function drawProgram(seed: number, index: number, drawing: Drawing = {}): Program {
  const { surfaces = everySurface, ...rest } = drawing;
  const settings = { ...defaultSettings, ...rest };
  const own = programSeed(seed, index);
  return programOfSeed(rules, { surfaces: new Set(surfaces), settings, seed: own });
}
