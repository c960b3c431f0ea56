import { createHash } from 'node:crypto';
import type { Surface } from '../../program/step.ts';
import { openBench } from '../../quality/bench.ts';
import { cases } from '../../quality/cases.ts';
import { isReachable, loadMinima } from '../../quality/minima.ts';
import { openScout } from '../../quality/scout.ts';
import type { DefectName } from '../../reference/defects.ts';
import { type Drawer, ourDrawer, stockDrawer } from '../hunt/drawers.ts';
import type { Hunt, HuntBudget } from '../hunt/hunt.ts';
import { type Observation, seenPrograms } from '../hunt/seen.ts';
import { huntLosses, huntTables } from '../hunt/summary.ts';
import { huntWith } from '../hunt/with-drawer.ts';
import { huntWithHypothesis } from '../hypothesis/hunt.ts';
import { price } from '../simulated/price.ts';
import type { Part, Setting } from './part.ts';

const full: HuntBudget = { programs: 200, steps: 500 };
const quick: HuntBudget = { programs: 100, steps: 250 };
/** Hunts mostly wait for a runtime. */
const LANES = 4;
const everySurface: readonly Surface[] = ['cli', 'url', 'rest'];

/** What finding seeded defects takes: ours, fc.commands with the same verbs, Hypothesis over REST. */
export const huntPart: Part = {
  name: 'hunt',
  about:
    'programs, steps, seconds to find seeded defects: boxcheck, fc.commands, Hypothesis (on the reference)',
  async measure(setting) {
    const { options, log } = setting;
    const budget = options.quick ? quick : full;
    const preys = options.quick ? sample() : everything();
    const packs = await packsOf(setting, preys, budget);
    const made: (Hunt[] | null)[] = [];
    const left = [...preys.entries()];
    const lane = async (): Promise<void> => {
      for (let next = left.shift(); next; next = left.shift()) {
        const [index, prey] = next;
        const hunts = await huntsOf(setting, prey, packs, budget).catch(unlessStopped(setting.signal));
        made[index] = hunts;
        if (!hunts) return;
        log(`hunt: ${prey.defect}: ${hunts.map(took).join(', ')}; ${done(made)} of ${preys.length}`);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    const hunts = made.flatMap((some) => some ?? []);
    return {
      part: 'hunt',
      measuredOn: `the reference runtime with one seeded defect at a time, seed ${options.seed}; real cost: ${price.bootS} s a boot and ${price.commandS} s a command added by count, not slept`,
      tables: huntTables(hunts),
      losses: huntLosses(hunts),
      notes: [
        ...(done(made) < preys.length ? [`STOPPED after ${done(made)} of ${preys.length} defects`] : []),
        options.quick
          ? 'sample: the defects of quality/cases.ts that show over REST, boxcheck and fc.commands on that surface alone'
          : 'all deterministic defects of quality/minima.json, boxcheck and fc.commands on all surfaces',
        'a program that never comes to the site of a defect passes with it as without: it is run once, on the clean runtime, and counts with what it cost there',
        `${LANES} hunts at a time: seconds are those of a busy machine`,
        `budget of each tool and defect: ${budget.programs} programs or ${budget.steps} steps`,
        'fc.commands: our verbs, runner and oracle; arguments drawn without looking at the world, a command is skipped where its handle does not exist or the contract is silent',
        'Hypothesis: a state machine of its own over REST without attach, with its own expected results; default 50 steps a program; defects that show elsewhere it cannot find',
        'shrunk to: boxcheck and Hypothesis with their own shrinking on the reference; what fc.commands costs to shrink is in the part shrink',
      ],
      data: hunts,
    };
  },
};

/** What was measured before somebody stopped it is worth telling. */
const unlessStopped =
  (signal: AbortSignal) =>
  (error: unknown): null => {
    if (signal.aborted) return null;
    throw error;
  };

/** One tool's hunt in a word: an hour's table may never come to be printed. */
const took = ({ tool, found, programs, steps }: Hunt): string =>
  `${tool} ${found ? '' : 'not in '}${programs} programs of ${steps} steps`;

const done = (made: readonly (Hunt[] | null)[]): number => made.filter((some) => some).length;

interface Prey {
  readonly defect: DefectName;
  readonly surfaces: readonly Surface[];
  /** It spoils a home for later programs. */
  readonly fresh: boolean;
}

const sample = (): Prey[] =>
  cases
    .filter(({ surface }) => surface === 'rest')
    .map(({ defect, surface }) => ({ defect, surfaces: [surface], fresh: false }));

/** In an order that has nothing to do with what they are: one that is stopped has hunted some of every kind. */
function everything(): Prey[] {
  const preys = [...loadMinima()].flatMap(([defect, minimum]) =>
    isReachable(minimum) && minimum.class === 'deterministic'
      ? [{ defect, surfaces: everySurface, fresh: minimum.fresh ?? false }]
      : [],
  );
  const digest = ({ defect }: Prey): string => createHash('sha256').update(defect).digest('hex');
  return preys.sort((a, b) => (digest(a) < digest(b) ? -1 : 1));
}

/** What a tool hunts with. */
interface Pack {
  readonly drawer: Drawer;
  readonly programs: readonly Observation[];
}

/** Preys of one benchmark are hunted on the same surfaces, so each tool's programs are drawn once. */
async function packsOf(
  { options, log, signal }: Setting,
  [prey]: readonly Prey[],
  budget: HuntBudget,
): Promise<Pack[]> {
  const surfaces = prey?.surfaces ?? everySurface;
  const drawers = [
    ourDrawer(options.seed, surfaces),
    stockDrawer('fc.commands', {}, options.seed, surfaces),
    stockDrawer('fc.commands max', { size: 'max', maxCommands: 30 }, options.seed, surfaces),
  ];
  const pack = async (drawer: Drawer): Promise<Pack> => {
    const scout = await openScout({}, log);
    const programs = await seenPrograms(drawer, budget, scout.visit, signal).finally(() => scout.close());
    log(`hunt: ${drawer.tool} has ${programs.length} programs`);
    return { drawer, programs };
  };
  return Promise.all(drawers.map(pack));
}

async function huntsOf(
  setting: Setting,
  { defect, fresh }: Prey,
  packs: readonly Pack[],
  budget: HuntBudget,
): Promise<Hunt[]> {
  const { options, log, signal } = setting;
  const hunts: Hunt[] = [];
  const bench = await openBench([defect], { log, fresh });
  try {
    for (const pack of packs) hunts.push(await huntWith({ ...pack, defect, bench, budget, signal }));
  } finally {
    await bench.close();
  }
  const other = await huntWithHypothesis(defect, options.seed, budget, setting);
  return other ? [...hunts, other] : hunts;
}
