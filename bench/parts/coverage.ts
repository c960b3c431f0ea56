import { rules } from '../../quality/bench.ts';
import { makeStateGraph } from '../../search/coverage/guide/state-graph.ts';
import { defaultSettings } from '../../search/generate/settings.ts';
import { levels } from '../reach/about.ts';
import { explore } from '../reach/explore.ts';
import { measuresOf, type Universe } from '../reach/measures.ts';
import { coverageNotes } from '../reach/notes.ts';
import { coverBySearch, type Snapshot } from '../reach/search.ts';
import { coverByStock } from '../reach/stock.ts';
import { coverageTables } from '../reach/tables.ts';
import { type Covered, coverageLosses, coveredLess, ours } from '../reach/targets.ts';
import { universeOf } from '../reach/universe.ts';
import { price } from '../simulated/price.ts';
import type { Part } from './part.ts';

const LIMITS = { execs: 1, attaches: 1, states: 20_000 };
/** Campaigns of each tool and budget; their means are told. */
const SEEDS = 5;

/** How much of what can be done, and of what can follow each other on a box, is met in simulated time. */
export const coveragePart: Part = {
  name: 'coverage',
  about:
    'pairs and triples of verb, surface and state covered in simulated time, beside fc.commands (on the model)',
  async measure({ options, log, signal }) {
    const { seed, quick } = options;
    log('coverage: exploring the model');
    const graph = explore(LIMITS);
    const surfaces = new Set(['cli', 'url', 'rest'] as const);
    const stateGraph = makeStateGraph(rules, { surfaces, settings: defaultSettings });
    const universe: Universe = {
      goals: new Set(stateGraph.goals.keys()),
      grams: Object.fromEntries(
        levels.map((level) => [level, universeOf(graph, level)]),
      ) as Universe['grams'],
    };
    const measures = measuresOf(universe);
    const seeds = Array.from({ length: quick ? 1 : SEEDS }, (_, i) => seed + i);
    const snapshots: Sample[] = [];
    for (const minutes of quick ? [10] : [10, 60]) {
      for (const [tool, cover] of tools) {
        for (const each of seeds) {
          signal.throwIfAborted();
          snapshots.push({ tool, seed: each, ...(await cover(each, minutes)) });
        }
        log(`coverage: ${tool}, ${minutes} simulated minutes: done`);
      }
    }
    const covered = meansOf(snapshots, (snapshot) => new Map(measures.map((m) => [m, m.met(snapshot)])));
    return {
      part: 'coverage',
      measuredOn: `the model with a simulated clock (${price.bootS} s a boot, ${price.commandS} s a command), means over seeds ${seeds[0]} to ${seeds.at(-1)}`,
      tables: coverageTables(snapshots, covered, measures),
      losses: [...coverageLosses(covered, measures), ...coveredLess(covered, measures)],
      notes: coverageNotes({ graph, limits: LIMITS, places: stateGraph.places.length, universe, snapshots }),
      data: {
        universe: measures.map(({ table, column, all }) => ({ table, column, all })),
        covered: snapshots.map(({ goals, grams, ...rest }) => ({
          ...rest,
          met: measures.map((m) => m.met({ ...rest, goals, grams })),
        })),
      },
    };
  },
};

/** One campaign. */
export interface Sample extends Snapshot {
  readonly tool: string;
  readonly seed: number;
  readonly skipped: number;
}

type Cover = (seed: number, minutes: number) => Promise<Snapshot & { readonly skipped: number }>;

const bySearch =
  (guided: number): Cover =>
  async (seed, minutes) => ({ skipped: 0, ...(await coverBySearch({ seed, minutes, levels, guided })) });

const tools: readonly (readonly [string, Cover])[] = [
  [ours, bySearch(1)],
  ['boxcheck', bySearch(defaultSettings.guidedShare.first)],
  ['boxcheck --guided 0', bySearch(0)],
  ['fc.commands', (seed, minutes) => coverByStock({ seed, minutes, levels, shape: {} })],
  [
    'fc.commands max',
    (seed, minutes) => coverByStock({ seed, minutes, levels, shape: { size: 'max', maxCommands: 30 } }),
  ],
];

/** One entry for each tool and budget, with the mean of each measure over the seeds. */
function meansOf(samples: readonly Sample[], metBy: (sample: Sample) => Covered['met']): Covered[] {
  const groups = Map.groupBy(samples, ({ tool, minutes }) => `${tool} ${minutes}`);
  return [...groups.values()].map((group) => {
    const [{ tool, minutes }] = group as [Sample, ...Sample[]];
    const all = group.map(metBy);
    const keys = [...(all[0] as Covered['met']).keys()];
    const mean = (key: (typeof keys)[number]): number =>
      all.reduce((sum, met) => sum + (met.get(key) ?? 0), 0) / all.length;
    return { tool, minutes, met: new Map(keys.map((key) => [key, mean(key)])) };
  });
}
