import type { Surface } from '../../program/step.ts';
import { openBench } from '../../quality/bench.ts';
import { cases } from '../../quality/cases.ts';
import { isReachable, loadMinima } from '../../quality/minima.ts';
import type { DefectName } from '../../reference/defects.ts';
import { ourDrawer, stockDrawer } from '../hunt/drawers.ts';
import type { Hunt, HuntBudget } from '../hunt/hunt.ts';
import { huntLosses, huntTables } from '../hunt/summary.ts';
import { huntWith } from '../hunt/with-drawer.ts';
import { huntWithHypothesis } from '../hypothesis/hunt.ts';
import { price } from '../simulated/price.ts';
import type { Part, Setting } from './part.ts';

const full: HuntBudget = { programs: 200, steps: 500 };
const quick: HuntBudget = { programs: 100, steps: 250 };
const everySurface: readonly Surface[] = ['cli', 'url', 'rest'];

/** What finding seeded defects takes: ours, fc.commands with the same verbs, Hypothesis over REST. */
export const huntPart: Part = {
  name: 'hunt',
  about:
    'programs, steps, seconds to find seeded defects: boxcheck, fc.commands, Hypothesis (on the reference)',
  async measure(setting) {
    const { options, log } = setting;
    const budget = options.quick ? quick : full;
    const hunts: Hunt[] = [];
    const preys = options.quick ? sample() : everything();
    let done = 0;
    for (const prey of preys) {
      const found = await huntsOf(setting, prey, budget).catch(unlessStopped(setting.signal));
      if (!found) break;
      hunts.push(...found);
      log(`hunt: ${prey.defect} is done, ${++done} of ${preys.length}`);
    }
    return {
      part: 'hunt',
      measuredOn: `the reference runtime with one seeded defect at a time, seed ${options.seed}; real cost: ${price.bootS} s a boot and ${price.commandS} s a command added by count, not slept`,
      tables: huntTables(hunts),
      losses: huntLosses(hunts),
      notes: [
        ...(done < preys.length ? [`STOPPED after ${done} of ${preys.length} defects`] : []),
        options.quick
          ? 'sample: the defects of quality/cases.ts that show over REST, boxcheck and fc.commands on that surface alone'
          : 'all deterministic defects of quality/minima.json, boxcheck and fc.commands on all surfaces',
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

function everything(): Prey[] {
  return [...loadMinima()].flatMap(([defect, minimum]) =>
    isReachable(minimum) && minimum.class === 'deterministic'
      ? [{ defect, surfaces: everySurface, fresh: minimum.fresh ?? false }]
      : [],
  );
}

async function huntsOf(setting: Setting, prey: Prey, budget: HuntBudget): Promise<Hunt[]> {
  const { options, log, signal } = setting;
  const { defect, surfaces, fresh } = prey;
  const drawers = [
    ourDrawer(options.seed, surfaces),
    stockDrawer('fc.commands', {}, options.seed, surfaces),
    stockDrawer('fc.commands max', { size: 'max', maxCommands: 30 }, options.seed, surfaces),
  ];
  const hunts: Hunt[] = [];
  for (const drawer of drawers) {
    const bench = await openBench([defect], { log, fresh });
    hunts.push(await huntWith(drawer, defect, bench, budget, signal).finally(() => bench.close()));
  }
  const other = await huntWithHypothesis(defect, options.seed, budget, setting);
  return other ? [...hunts, other] : hunts;
}
