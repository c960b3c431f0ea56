import { aboutOf, type DiffLine, type DiffRecord, type DiffSide } from '../../report/diff/record.ts';
import { exampleFile } from '../../report/diff/write.ts';
import {
  compareRuns,
  type DifferenceClass,
  groupDifferences,
  type ObservedRun,
  type RunComparison,
  type Sighting,
} from '../../verdict/diff.ts';
import type { SideLedger } from './ledger.ts';
import { missingSurface, type PlannedProgram } from './plan.ts';
import type { DiffPlan } from './settings.ts';
import type { SideTotals } from './side.ts';

type Ran = SideTotals & { readonly ledger: SideLedger };

/** All programs of two ledgers held against each other. */
export interface Compared {
  readonly sightings: readonly Sighting[];
  readonly notCompared: DiffRecord['notCompared'];
  readonly totals: Omit<DiffRecord['totals'], 'differences'>;
}

/** Compares what two sides have seen of one program; null where one of them has not run it. */
export function compareEntries(name: string, a: SideLedger, b: SideLedger): RunComparison | null {
  const [one, other] = [a.entries.get(name), b.entries.get(name)];
  if (!one || !other) return null;
  const contracts = [a.environment.contract, b.environment.contract] as const;
  return compareRuns(one.run, other.run, { names: [a.label, b.label], contracts });
}

/** Compares what both sides have seen; `given` are the programs that were asked for by name. */
export function compareLedgers(
  first: SideLedger,
  second: SideLedger,
  given: readonly PlannedProgram[],
): Compared {
  const sightings: Sighting[] = [];
  const notCompared = skipped(first, given);
  const programs = first.entries.size + notCompared.length;
  const totals = { programs, compared: 0, steps: 0, agreed: 0, unpaired: 0 };
  for (const { name, program, run } of first.entries.values()) {
    const found = compareEntries(name, first, second);
    if (found?.is !== 'compared') {
      notCompared.push({ program: name, why: found?.why ?? whyMissing(run, first.label, second.label) });
      continue;
    }
    totals.compared += 1;
    totals.steps += found.compared;
    totals.agreed += found.agreed;
    totals.unpaired += found.unpaired;
    const steps = program.steps.length;
    sightings.push(...found.differences.map((difference) => ({ program: name, steps, difference })));
  }
  return { sightings, notCompared, totals };
}

const whyMissing = ({ ending }: ObservedRun, first: string, second: string): string =>
  ending.is === 'infrastructure'
    ? `${first}: infrastructure: ${ending.why}`
    : `${second} did not run it: no time was left, or it was stopped`;

function skipped({ surfaces }: SideLedger, given: readonly PlannedProgram[]): DiffRecord['notCompared'] {
  return given.flatMap(({ name, program }) => {
    const via = missingSurface(program, new Set(surfaces));
    return via === null
      ? []
      : [{ program: name, why: `needs the surface ${via}, which is not on both sides` }];
  });
}

/** Everything a comparison has to say about itself. */
export function recordOfDiff(
  plan: Pick<DiffPlan, 'settings' | 'signal'>,
  startedAt: Date,
  ran: readonly [Ran, Ran],
  compared: Compared,
): DiffRecord {
  const { sightings, notCompared, totals } = compared;
  const { seed } = plan.settings;
  const sides = ran.map(sideOf) as [DiffSide, DiffSide];
  const about = aboutOf(sides, seed);
  const lineOf = (group: ReturnType<typeof groupDifferences>[number], i: number): DiffLine => ({
    about,
    file: exampleFile(i, group),
    ...group,
  });
  return {
    format: 1,
    use: 'diff',
    about,
    seed,
    sides,
    startedAt: startedAt.toISOString(),
    totalMs: Date.now() - startedAt.getTime(),
    ended: endOf(plan, ran),
    totals: { ...totals, differences: countsOf(sightings) },
    groups: groupDifferences(sightings).map(lineOf),
    notCompared,
    warnings: [...new Set(ran.flatMap(({ ledger }) => ledger.warnings))],
  };
}

function endOf({ signal, settings }: Pick<DiffPlan, 'settings' | 'signal'>, ran: readonly Ran[]) {
  if (signal.aborted) return 'interrupted';
  if (ran.some(({ endedEarly }) => endedEarly !== undefined)) return 'infrastructure';
  return settings.forMs === null ? 'complete' : 'deadline';
}

const sideOf = ({ ledger, spoilt, endedEarly }: Ran): DiffSide => ({
  label: ledger.label,
  environment: ledger.environment,
  programs: ledger.entries.size,
  spoilt,
  ...(endedEarly === undefined ? {} : { endedEarly }),
});

function countsOf(sightings: readonly Sighting[]): Partial<Record<DifferenceClass, number>> {
  const counts: Partial<Record<DifferenceClass, number>> = {};
  for (const { difference } of sightings) counts[difference.class] = (counts[difference.class] ?? 0) + 1;
  return counts;
}
