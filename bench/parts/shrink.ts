import { hypothesisEfforts } from '../hypothesis/shrink.ts';
import { fixed, largest, mean, percent, shareOf } from '../report/numbers.ts';
import type { Effort } from '../shrink/effort.ts';
import { shrinkOurs } from '../shrink/ours.ts';
import { plantedPrograms } from '../shrink/programs.ts';
import { shrinkStock } from '../shrink/stock.ts';
import { shrinkLosses } from '../shrink/targets.ts';
import type { Part, Setting } from './part.ts';

const sizes = [10, 20, 50, 100];
const needs = [3, 5];

/** Trials of one row. */
const full = { boxcheck: 100, stock: 30, hypothesis: 5 };
const quick = { boxcheck: 20, stock: 5, hypothesis: 2 };

/** All efforts of one tool for programs of one length. */
export interface ShrinkRow {
  readonly tool: string;
  readonly steps: number;
  readonly needed: number;
  readonly efforts: readonly Effort[];
}

/** What shrinking costs: failures planted in programs, which need exactly three or five of their steps. */
export const shrinkPart: Part = {
  name: 'shrink',
  about: 'runs to shrink planted failures: boxcheck, fc.commands, Hypothesis (on the model)',
  async measure(setting) {
    const { options, log } = setting;
    const rows: ShrinkRow[] = [];
    for (const steps of sizes) {
      for (const needed of needs) {
        rows.push(...(await rowsOf(setting, steps, needed)));
        log(`shrink: programs of ${steps} steps that need ${needed} are done`);
      }
    }
    return {
      part: 'shrink',
      measuredOn: `the model (no runtime; every run counts as one real run), seed ${options.seed}`,
      tables: [
        { title: 'Shrinking a failure that needs exactly so many steps', head, rows: rows.map(cells) },
      ],
      losses: shrinkLosses(rows),
      notes: [
        'runs: after the first failure, until the shrinker has nothing left to try; to best: up to the run that showed the shortest program',
        'boxcheck and fc.commands draw the same verbs; a failure is verbs and refusals in order on the same handles, whatever the arguments; the program ends at the failing step',
        'Hypothesis: the same kind of pattern over an abstract machine with three verbs on boxes and two on executions, see bench/hypothesis/planted.py',
      ],
      data: rows,
    };
  },
};

async function rowsOf(setting: Setting, steps: number, needed: number): Promise<ShrinkRow[]> {
  const { options, signal } = setting;
  const trials = options.quick ? quick : full;
  const ours: Effort[] = [];
  for (const { program, plant } of plantedPrograms(steps, needed, options.seed)) {
    signal.throwIfAborted();
    ours.push(await shrinkOurs(program, plant));
    if (ours.length === trials.boxcheck) break;
  }
  const stock: Effort[] = [];
  for (let seed = 0; stock.length < trials.stock && seed < 2 * trials.stock; seed++) {
    signal.throwIfAborted();
    const effort = await shrinkStock(steps, needed, options.seed * 1000 + seed);
    if (effort) stock.push(effort);
  }
  const others = await hypothesisEfforts({ ...setting, steps, needed, trials: trials.hypothesis });
  return [
    { tool: 'boxcheck', steps, needed, efforts: ours },
    { tool: 'fc.commands', steps, needed, efforts: stock },
    ...(others ? [{ tool: 'Hypothesis', steps, needed, efforts: others }] : []),
  ];
}

const head = [
  'tool',
  'steps',
  'needs',
  'trials',
  'runs',
  'to best',
  'most runs',
  'commands',
  'shrunk to',
  'minimum',
];

function cells({ tool, steps, needed, efforts }: ShrinkRow): string[] {
  const of = (number: (effort: Effort) => number): string => fixed(mean(efforts.map(number)));
  return [
    tool,
    String(steps),
    String(needed),
    String(efforts.length),
    of((effort) => effort.runs),
    of((effort) => effort.runsToBest),
    String(largest(efforts.map((effort) => effort.runs))),
    of((effort) => effort.commands),
    of((effort) => effort.steps),
    percent(shareOf(efforts, (effort) => effort.steps === needed)),
  ];
}
