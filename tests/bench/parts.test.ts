import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ourDrawer, stockDrawer } from '../../bench/hunt/drawers.ts';
import type { Hunt } from '../../bench/hunt/hunt.ts';
import { seenPrograms } from '../../bench/hunt/seen.ts';
import { huntLosses, huntTables } from '../../bench/hunt/summary.ts';
import { huntWith } from '../../bench/hunt/with-drawer.ts';
import { growthOf, memoryLosses } from '../../bench/memory/growth.ts';
import { rssMiB, rssOf } from '../../bench/memory/rss.ts';
import { parts } from '../../bench/parts/index.ts';
import { simulatedRuntime } from '../../bench/simulated/runtime.ts';
import { overheadLosses, recordTotals } from '../../bench/speed/from-record.ts';
import { paceOn } from '../../bench/speed/pace.ts';
import { blindSteps } from '../../bench/stock/blind.ts';
import type { Bench } from '../../quality/bench.ts';
import type { Scout } from '../../quality/scout.ts';

const signal = new AbortController().signal;
const folder = await mkdtemp(join(tmpdir(), 'bench-test-'));
afterAll(() => rm(folder, { recursive: true }));

/** The model as a runtime that fails at a verb it is told. */
function modelBench(op?: string): Bench {
  const { run } = simulatedRuntime(() => () => {});
  return {
    close: async () => {},
    run: async (program, until) => {
      const history = await run(program, until);
      const at = program.steps.findIndex((step) => step.op === op);
      if (at < 0) return history;
      const failure = {
        kind: 'oracle',
        oracle: 'leak',
        at,
        step: null,
        detail: 'x',
        situation: 'end',
      } as const;
      return { ...history, events: history.events.slice(0, at + 1), ending: { is: 'failed', failure } };
    },
  };
}

it('gives every part a name of its own', () => {
  expect(new Set(parts.map(({ name }) => name)).size).toBe(parts.length);
});

/** Says nothing about sites: every program has to be run. */
const unknownSites: Scout['visit'] = async ({ steps }) => ({ steps: steps.length, sites: null });

describe('a hunt', () => {
  const budget = { programs: 50, steps: 200 };

  it('ends with the first failure and counts what it took', async () => {
    const drawer = ourDrawer(1, ['rest']);
    const programs = await seenPrograms(drawer, budget, unknownSites, signal);
    const bench = modelBench('inspect');
    const hunt = await huntWith({ drawer, defect: 'stdin-lost', bench, programs, budget, signal });
    expect(hunt.found).toBe(true);
    expect(hunt.steps).toBeGreaterThan(0);
    expect(hunt.steps).toBeLessThan(budget.steps);
    expect(hunt.shrunk).toBeGreaterThanOrEqual(1);
    expect(hunt.shrunk).toBeLessThanOrEqual(2);
  });

  it('ends with the budget when nothing fails', async () => {
    const drawer = stockDrawer('fc.commands', {}, 1, ['rest']);
    const budget = { programs: 15, steps: 500 };
    const programs = await seenPrograms(drawer, budget, unknownSites, signal);
    const bench = modelBench();
    const hunt = await huntWith({ drawer, defect: 'stdin-lost', bench, programs, budget, signal });
    expect(hunt).toMatchObject({ found: false, programs: 15, shrunk: null });
    expect(hunt.skipped).toBeGreaterThan(0);
  });

  it('does not run what never comes to the site, and counts it all the same', async () => {
    const drawer = ourDrawer(1, ['rest']);
    const noSites: Scout['visit'] = async ({ steps }) => ({ steps: steps.length, sites: [] });
    const programs = await seenPrograms(drawer, budget, noSites, signal);
    const bench: Bench = { ...modelBench(), run: () => Promise.reject(new Error('it was run')) };
    const hunt = await huntWith({ drawer, defect: 'stdin-lost', bench, programs, budget, signal });
    const steps = programs.reduce((sum, { program }) => sum + program.steps.length, 0);
    expect(hunt).toMatchObject({ found: false, programs: programs.length, steps });
    expect(steps).toBeGreaterThanOrEqual(budget.steps);
  });

  const hunt = (tool: string, found: boolean, steps: number): Hunt => ({
    tool,
    defect: 'stdin-lost',
    found,
    programs: 1,
    steps,
    skipped: 10,
    boots: 2,
    seconds: 1,
    shrunk: null,
  });

  it('is a loss where another tool needs fewer steps, or finds what we do not', () => {
    expect(huntLosses([hunt('boxcheck', true, 5), hunt('other', true, 9)])).toEqual([]);
    expect(huntLosses([hunt('boxcheck', true, 5), hunt('other', false, 3)])).toEqual([]);
    expect(huntLosses([hunt('boxcheck', true, 5), hunt('other', true, 3)])).toHaveLength(1);
    expect(huntLosses([hunt('boxcheck', false, 5), hunt('other', true, 9)])).toHaveLength(2);
  });

  it('is told at real cost too', () => {
    const [each, means] = huntTables([hunt('boxcheck', true, 10)]);
    expect(each?.rows[0]).toContain('50 %');
    expect(means?.rows[0]?.at(-1)).toBe('9');
  });
});

it('measures the pace of programs', async () => {
  const pace = await paceOn(modelBench(), 1, 1, signal);
  expect(pace.programs).toBeGreaterThan(0);
  expect(pace.steps).toBeGreaterThan(0);
  expect(pace.pricedMs).toBeGreaterThanOrEqual(pace.steps * 400);
  expect(pace.failed).toBe(0);
});

it('draws blind steps only for verbs that the surfaces have', () => {
  const pool = { size: 3, surfaces: ['rest'] as const };
  expect(blindSteps('restart', pool)).toBeNull();
  expect(blindSteps('attach', pool)).not.toBeNull();
});

describe('memory', () => {
  it('is read from the status of a process', async () => {
    expect(rssOf('Name:\tnode\nVmRSS:\t  2048 kB\nThreads:\t1\n')).toBe(2);
    expect(rssOf('')).toBeNull();
    expect(await rssMiB(process.pid)).toBeGreaterThan(10);
  });

  const hour = (mib: (minute: number) => number) =>
    Array.from({ length: 360 }, (_, i) => ({ minute: i / 6, mib: mib(i / 6) }));

  it('is flat when it only wavers, whatever the first minutes were', () => {
    const growth = growthOf(hour((minute) => (minute < 2 ? 60 + 40 * minute : 150 + 10 * Math.sin(minute))));
    expect(growth.grown).toBeCloseTo(0, -1);
    expect(memoryLosses(growth)).toEqual([]);
  });

  it('is a loss when it grows, and when it is too much', () => {
    const growing = growthOf(hour((minute) => 150 + minute));
    expect(growing.perHour).toBeCloseTo(60);
    expect(growing.grown).toBeGreaterThan(50);
    expect(memoryLosses(growing)).toEqual([expect.stringContaining('not flat')]);
    expect(memoryLosses(growthOf(hour(() => 304)))).toEqual([expect.stringContaining('304')]);
  });

  it('makes no line of a minute', () => {
    expect(growthOf(hour((minute) => 100 + minute).slice(0, 6)).grown).toBeNull();
  });
});

describe('a run record', () => {
  it('tells its totals', async () => {
    const path = join(folder, 'run.json');
    const totals = { programs: 3, steps: 30, runtimeMs: 900, harnessMs: 100 };
    await writeFile(path, JSON.stringify({ use: 'fuzz', environment: {}, totals }));
    expect((await recordTotals(path)).totals).toEqual(totals);
  });

  it('is a loss when boxcheck took more than its share of the lab', () => {
    const record = (target: string, harnessMs: number) => ({
      use: 'fuzz',
      environment: { identity: { target } },
      totals: { programs: 1, steps: 9, runtimeMs: 1000 - harnessMs, harnessMs },
    });
    expect(overheadLosses(record('lab', 31))).toEqual([expect.stringContaining('3.1 %')]);
    expect(overheadLosses(record('lab', 30))).toEqual([]);
    expect(overheadLosses(record('reference', 500))).toEqual([]);
  });

  it('is named when it is none', async () => {
    const path = join(folder, 'other.json');
    await writeFile(path, '{}');
    await expect(recordTotals(path)).rejects.toThrow(path);
    await expect(recordTotals(join(folder, 'absent.json'))).rejects.toThrow('there is no such file');
  });
});
