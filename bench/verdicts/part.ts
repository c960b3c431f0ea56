import { seededChance } from '../harness/chance.ts';
import { fixed, percent } from '../harness/numbers.ts';
import type { Part } from '../part.ts';
import { flakyTrials } from './flaky.ts';

const RATE = 0.3;

/** Whether verdicts can be relied on: what a flaky failure is called, many times over. */
export const verdictsPart: Part = {
  name: 'verdicts',
  about: 'classes given to a failure that shows in three of ten runs (synthetic)',
  async measure({ options: { quick, seed }, signal }) {
    const trials = quick ? 200 : 1000;
    const flaky = await flakyTrials(RATE, trials, seededChance(seed), signal);
    return {
      part: 'verdicts',
      measuredOn: `synthetic runs, seed ${seed}`,
      tables: [
        {
          title: `A failure that shows in ${percent(RATE)} of runs, ${trials} trials: verdicts`,
          head: ['verdict', 'trials', 'share', 'mean re-runs'],
          rows: Object.entries(flaky).map(([verdict, { count, runs }]) => [
            verdict,
            String(count),
            percent(count / trials),
            fixed(count === 0 ? null : runs / count),
          ]),
        },
      ],
      losses:
        flaky.deterministic.count > 0
          ? [`verdicts: a flaky failure was called deterministic ${flaky.deterministic.count} times`]
          : [],
      notes: [],
      data: { rate: RATE, trials, flaky },
    };
  },
};
