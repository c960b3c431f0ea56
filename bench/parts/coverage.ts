import { type Level, levels } from '../reach/about.ts';
import { explore } from '../reach/explore.ts';
import type { Grams } from '../reach/grams.ts';
import { coverBySearch, type Snapshot } from '../reach/search.ts';
import { coverByStock } from '../reach/stock.ts';
import { coverageLosses, coveredLess, mostPossible } from '../reach/targets.ts';
import { universeOf } from '../reach/universe.ts';
import { percent } from '../report/numbers.ts';
import type { Table } from '../report/part-report.ts';
import { price } from '../simulated/price.ts';
import type { Part } from './part.ts';

const LIMITS = { execs: 1, attaches: 1, states: 20_000 };
const meanings: Readonly<Record<Level, string>> = {
  full: 'verb, surface, situation as in the coverage table',
  status: 'verb, surface, status of the box',
  lifecycle: 'verb, surface, status of the box; only create, run, foreground, start, stop, restart, rm',
  verbs: 'the same without the surface',
};

interface Covered extends Snapshot {
  readonly tool: string;
  readonly skipped: number;
}

/** How much of what can follow each other on a box is met in a budget of simulated time. */
export const coveragePart: Part = {
  name: 'coverage',
  about: 'legal pairs and triples covered in simulated time, beside fc.commands (on the model)',
  async measure({ options, log, signal }) {
    const { seed, quick } = options;
    log('coverage: exploring the model');
    const graph = explore(LIMITS);
    const universe = Object.fromEntries(levels.map((level) => [level, universeOf(graph, level)])) as Universe;
    const covered: Covered[] = [];
    for (const minutes of quick ? [10] : [10, 60]) {
      for (const guided of [true, false]) {
        signal.throwIfAborted();
        const tool = guided ? 'boxcheck' : 'boxcheck unguided';
        covered.push({ tool, skipped: 0, ...(await coverBySearch({ seed, minutes, levels, guided })) });
      }
      for (const [tool, shape] of stocks) {
        signal.throwIfAborted();
        covered.push({ tool, ...(await coverByStock({ seed, minutes, levels, shape })) });
      }
      log(`coverage: ${minutes} simulated minutes are done`);
    }
    return {
      part: 'coverage',
      measuredOn: `the model with a simulated clock (${price.bootS} s a boot, ${price.commandS} s a command), seed ${seed}`,
      tables: [spentTable(covered), ...levels.map((level) => levelTable(level, covered, universe[level]))],
      losses: [...coverageLosses(covered, universe), ...coveredLess(covered, universe)],
      notes: [
        `legal: found by exploring the model breadth first: one box, every verb, argument and surface, at most ${LIMITS.execs} execution and ${LIMITS.attaches} attach alive at a time, usual outcomes, no refusals but those that leave something behind: ${graph.states} states, ${graph.edges.length} ways${graph.cut ? ', CUT at the limit of states' : ''}`,
        'pairs and triples: steps in a row on the same box of one program; refused steps that change nothing are passed over',
        'at most: what the budget can pay for if every command completed a new one and nothing had to boot',
      ],
      data: {
        universe: sizes(universe),
        covered: covered.map((one) => ({ ...one, grams: sizes(one.grams) })),
      },
    };
  },
};

type Universe = Readonly<Record<Level, Grams>>;

const stocks = [
  ['fc.commands', {}],
  ['fc.commands max', { size: 'max', maxCommands: 30 }],
] as const;

const sizes = (grams: Universe) =>
  Object.fromEntries(
    levels.map((level) => {
      const { singles, pairs, triples } = grams[level];
      return [level, { singles: singles.size, pairs: pairs.size, triples: triples.size }];
    }),
  );

function spentTable(covered: readonly Covered[]): Table {
  return {
    title: 'What the budget bought',
    head: ['tool', 'minutes', 'programs', 'commands', 'boots', 'skipped'],
    rows: covered.map(({ tool, minutes, programs, commands, boots, skipped }) => [
      tool,
      ...[minutes, programs, commands, boots].map(String),
      percent(skipped),
    ]),
  };
}

function levelTable(level: Level, covered: readonly Covered[], all: Grams): Table {
  const part = (one: Grams, which: keyof Grams): string => {
    const met = one[which].intersection(all[which]).size;
    return `${met} (${percent(met / all[which].size)})`;
  };
  return {
    title: `${meanings[level]}: ${all.singles.size} singles, ${all.pairs.size} pairs, ${all.triples.size} triples are legal`,
    head: ['tool', 'minutes', 'singles', 'pairs', 'triples', 'triples at most'],
    rows: covered.map(({ tool, minutes, grams }) => [
      tool,
      String(minutes),
      part(grams[level], 'singles'),
      part(grams[level], 'pairs'),
      part(grams[level], 'triples'),
      percent(Math.min(1, mostPossible(minutes) / all.triples.size)),
    ]),
  };
}
