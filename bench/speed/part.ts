import { fixed, percent } from '../harness/numbers.ts';
import { openReference } from '../harness/reference.ts';
import type { Part } from '../part.ts';
import { price } from '../simulated/price.ts';
import { type Pace, paceOn } from './pace.ts';

/** Steps a second on the reference, and how much of the time is boxcheck's own. */
export const speedPart: Part = {
  name: 'speed',
  about: 'steps a second and the share of boxcheck itself (on the reference)',
  async measure({ options: { quick, seed }, log, signal }) {
    const reference = await openReference([], { log });
    const pace = await paceOn(reference, seed, quick ? 15_000 : 120_000, signal).finally(() =>
      reference.close(),
    );
    return {
      part: 'speed',
      measuredOn: `the reference runtime, seed ${seed}; real cost: ${price.bootS} s a boot and ${price.commandS} s a command added by count, not slept`,
      tables: [
        {
          title: 'Programs as a campaign draws them, without guidance',
          head: ['cost', 'programs', 'steps', 'boots', 'seconds', 'steps/s', 'harness ms/step', 'harness'],
          rows: [cells('as measured', pace, pace.totalMs), cells('at real cost', pace, pace.pricedMs)],
        },
      ],
      losses:
        pace.failed > 0
          ? [`speed: ${pace.failed} of ${pace.programs} programs failed on the clean reference`]
          : [],
      notes: [
        'harness: drawing, predicting, judging, reporting; everything that is not waiting for the runtime or its machine (run/waited.ts)',
      ],
      data: { pace },
    };
  },
};

function cells(cost: string, { programs, steps, boots, drawMs, totalMs, runtimeMs }: Pace, ranMs: number) {
  const ownMs = drawMs + totalMs - runtimeMs;
  return [
    cost,
    String(programs),
    String(steps),
    String(boots),
    fixed((drawMs + ranMs) / 1000),
    fixed(steps / ((drawMs + ranMs) / 1000)),
    fixed(ownMs / steps),
    percent(ownMs / (drawMs + ranMs)),
  ];
}
