import { verbs } from '../../commands/index.ts';
import type { Program } from '../../program/program.ts';
import type { CoverageTable } from '../coverage/coverage.ts';
import { makeGuide } from '../coverage/guide/guide.ts';
import { ofAnyVerb, type Uses, usesOf } from '../coverage/uses.ts';
import type { Source } from '../generate/draw-program.ts';
import { programOfSeed } from '../generate/program-arbitrary.ts';
import { programSeed } from '../generate/seed.ts';

/** What a campaign draws from. */
interface CampaignSource extends Omit<Source, 'guide'> {
  readonly seed: number;
  /** Whether what is covered counts. */
  readonly guided?: boolean;
}

/** Programs of which the one with the newest uses is taken: drawing one takes milliseconds, running it a minute in the lab. */
const CANDIDATES = 12;
/** A kind of value that no verb has used yet is worth so many times one that another verb has. */
const OF_ANY_VERB = 10;
/** A boot costs as much as so many other steps. */
const STEPS_PER_BOOT = 10;

/**
 * Draws program number `index`. Not guided, it depends on its seed alone. Guided, a share of the programs is led to
 * transitions that are not covered; of the rest each is the one of some whose options and values are the newest.
 */
export function drawerOf(source: CampaignSource, coverage: CoverageTable): (index: number) => Program {
  const { seed, rules, surfaces, settings } = source;
  const byChance = (own: number): Program => programOfSeed(rules, { surfaces, settings, seed: own });
  return (index) => {
    const own = programSeed(seed, index);
    if (!source.guided) return byChance(own);
    if (fractionOf(programSeed(own, -1)) < settings.guided) {
      const guide = makeGuide(rules, { surfaces, settings }, coverage);
      return programOfSeed(rules, { surfaces, settings, seed: own, guide });
    }
    const before = { ofVerbs: coverage.uses, ofAnyVerb: ofAnyVerb(coverage.uses) };
    const candidates = Array.from({ length: CANDIDATES }, (_, i) => {
      const program = byChance(programSeed(own, i));
      return { program, worth: worthOf(program, before) };
    });
    return candidates.reduce((best, other) => (other.worth > best.worth ? other : best)).program;
  };
}

const fractionOf = (seed: number): number => (seed >>> 0) / 2 ** 32;

/** How new the uses of a program are, for what it costs. */
function worthOf({ steps }: Program, before: { readonly ofVerbs: Uses; readonly ofAnyVerb: Uses }): number {
  const boots = steps.filter(({ op }) => verbs[op].effect === 'boots').length;
  const own = usesOf(steps);
  const news = newness(own, before.ofVerbs) + OF_ANY_VERB * newness(ofAnyVerb(own), before.ofAnyVerb);
  return news / (steps.length + STEPS_PER_BOOT * boots);
}

const newness = (own: Uses, before: Uses): number =>
  [...own.keys()].reduce((sum, use) => sum + (1 + (before.get(use) ?? 0)) ** -2, 0);
