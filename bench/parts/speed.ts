import { openBench } from '../../quality/bench.ts';
import { fixed, percent } from '../report/numbers.ts';
import type { Table } from '../report/part-report.ts';
import { price } from '../simulated/price.ts';
import { overheadLosses, type RecordTotals, recordTotals } from '../speed/from-record.ts';
import { type Pace, paceOn } from '../speed/pace.ts';
import type { Part } from './part.ts';

/** Steps a second on the reference, and how much of the time is boxcheck's own. */
export const speedPart: Part = {
  name: 'speed',
  about: 'steps a second and the share of boxcheck itself (on the reference; --from: of a run record)',
  async measure({ options, log, signal }) {
    const record = options.from === null ? null : await recordTotals(options.from);
    const bench = await openBench([], { log });
    const forMs = options.quick ? 15_000 : 120_000;
    const pace = await paceOn(bench, options.seed, forMs, signal).finally(() => bench.close());
    return {
      part: 'speed',
      measuredOn: `the reference runtime, seed ${options.seed}; real cost: ${price.bootS} s a boot and ${price.commandS} s a command added by count, not slept`,
      tables: [paceTable(pace), ...(record && options.from ? [recordTable(record, options.from)] : [])],
      losses: [
        ...(pace.failed > 0
          ? [`${pace.failed} of ${pace.programs} programs failed on the clean reference`]
          : []),
        ...(record ? overheadLosses(record) : []),
      ],
      notes: [
        'harness: drawing, predicting, judging, reporting; everything that is not waiting for the runtime or its machine (run/waited.ts)',
        'processor: processor time of the boxcheck process, also while it waits, as a share of the run',
      ],
      data: { pace, record },
    };
  },
};

function paceTable(pace: Pace): Table {
  const own = pace.drawMs + pace.totalMs - pace.runtimeMs;
  const row = (cost: string, totalMs: number): string[] => [
    cost,
    String(pace.programs),
    String(pace.steps),
    String(pace.boots),
    fixed(totalMs / 1000),
    fixed(pace.steps / (totalMs / 1000)),
    fixed(own / pace.steps),
    percent(own / totalMs),
  ];
  return {
    title: 'Programs as a campaign draws them, without guidance',
    head: ['cost', 'programs', 'steps', 'boots', 'seconds', 'steps/s', 'harness ms/step', 'harness'],
    rows: [row('as measured', pace.drawMs + pace.totalMs), row('at real cost', pace.drawMs + pace.pricedMs)],
  };
}

function recordTable({ use, totals }: RecordTotals, path: string): Table {
  const { programs, steps, runtimeMs, harnessMs, cpuMs } = totals;
  const totalMs = runtimeMs + harnessMs;
  return {
    title: `The run record ${path}`,
    head: ['use', 'programs', 'steps', 'runtime s', 'harness s', 'harness', 'processor'],
    rows: [
      [
        use,
        String(programs),
        String(steps),
        fixed(runtimeMs / 1000),
        fixed(harnessMs / 1000),
        percent(harnessMs / totalMs),
        cpuMs === undefined ? '-' : percent(cpuMs / totalMs),
      ],
    ],
  };
}
