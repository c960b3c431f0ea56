import { openBench } from '../../quality/bench.ts';
import { seededChance } from '../planted/chance.ts';
import { fixed, percent } from '../report/numbers.ts';
import { flakyTrials } from '../verdicts/flaky.ts';
import { replays } from '../verdicts/replays.ts';
import type { Part } from './part.ts';

const RATE = 0.3;

/** Whether verdicts can be relied on: a flaky failure many times, a deterministic one again and again. */
export const verdictsPart: Part = {
  name: 'verdicts',
  about: 'classes given to a flaky failure; replays of a deterministic one (on the reference)',
  async measure({ options, log, signal }) {
    const trials = options.quick ? 200 : 1000;
    const times = options.quick ? 10 : 100;
    const flaky = await flakyTrials(RATE, trials, seededChance(options.seed), signal);
    log(`verdicts: ${trials} flaky trials are done`);
    const bench = await openBench([replays.defect], { log });
    const replayed = await replays.measure(bench, times, signal).finally(() => bench.close());
    const same = Math.max(...Object.values(replayed.endings));
    return {
      part: 'verdicts',
      measuredOn: `synthetic runs (seed ${options.seed}) and the reference with the defect ${replays.defect}`,
      tables: [
        {
          title: `A failure that shows in ${percent(RATE)} of runs, ${trials} trials: verdicts`,
          head: ['verdict', 'trials', 'share', 'mean re-runs'],
          rows: Object.entries(flaky).map(([verdict, { count, runs }]) => [
            verdict,
            String(count),
            percent(count / trials),
            count === 0 ? '-' : fixed(runs / count),
          ]),
        },
        {
          title: `A deterministic counterexample on the reference, ${times} times: signatures`,
          head: ['ended with', 'times'],
          rows: Object.entries(replayed.endings).map(([ending, count]) => [ending, String(count)]),
        },
      ],
      losses: [
        ...(flaky.deterministic.count > 0
          ? [`a flaky failure was called deterministic ${flaky.deterministic.count} times`]
          : []),
        ...(same < times ? [`only ${same} of ${times} replays ended in the same way`] : []),
      ],
      notes: [],
      data: { rate: RATE, trials, flaky, replays: replayed },
    };
  },
};
