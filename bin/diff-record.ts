import { aboutOf, type DiffLine, type DiffRecord, type DiffSide } from '../report/diff/record.ts';
import { exampleFile } from '../report/diff/write.ts';
import type { Environment } from '../report/environment.ts';
import { compareRuns, type DifferenceClass, groupDifferences, type Sighting } from '../verdict/diff.ts';
import type { SideLedger } from './diff-ledger.ts';
import type { DiffPlan, FirstSide } from './diff-run.ts';
import type { SideTotals } from './diff-side.ts';

/** One side when it is done. */
export interface RanSide extends SideTotals {
  readonly label: string;
  readonly environment: Environment;
  readonly ledger: SideLedger;
  readonly warnings: readonly string[];
}

interface Done {
  plan: Pick<DiffPlan, 'seed' | 'signal' | 'forMs'>;
  startedAt: Date;
  first: FirstSide;
  second: RanSide;
}

/** Compares what both sides have seen, and says everything about it. */
export function recordOfDiff({ plan, startedAt, first, second }: Done): DiffRecord {
  const about = aboutOf([first, second], plan.seed);
  const { sightings, totals, notCompared } = compareAll(first, second);
  const groups = groupDifferences(sightings).map(
    (group, i): DiffLine => ({ about, file: exampleFile(i, group), ...group }),
  );
  return {
    format: 1,
    use: 'diff',
    about,
    seed: plan.seed,
    sides: [sideOf(first), sideOf(second)],
    startedAt: startedAt.toISOString(),
    totalMs: Date.now() - startedAt.getTime(),
    ended: endOf(plan, first, second),
    totals: {
      ...totals,
      programs: first.ran.length + first.skipped.length,
      differences: countsOf(sightings),
    },
    groups,
    notCompared: [...first.skipped, ...notCompared],
    warnings: [...new Set([...first.warnings, ...second.warnings])],
  };
}

function endOf({ signal, forMs }: Done['plan'], first: RanSide, second: RanSide): DiffRecord['ended'] {
  if (signal.aborted) return 'interrupted';
  if (first.endedEarly !== undefined || second.endedEarly !== undefined) return 'infrastructure';
  return forMs === undefined ? 'complete' : 'deadline';
}

const sideOf = ({ label, environment, ledger, spoilt, endedEarly }: RanSide): DiffSide => ({
  label,
  environment,
  programs: ledger.runs.size,
  spoilt,
  ...(endedEarly === undefined ? {} : { endedEarly }),
});

function compareAll(first: FirstSide, second: RanSide) {
  const sightings: Sighting[] = [];
  const notCompared: DiffRecord['notCompared'] = [];
  const totals = { compared: 0, steps: 0, agreed: 0, unpaired: 0 };
  const names = [first.label, second.label] as const;
  const contracts = [first.environment.contract, second.environment.contract] as const;
  for (const { name, program } of first.ran) {
    const [a, b] = [first, second].map(({ ledger }) => ledger.runs.get(name));
    if (!a || !b) continue;
    const found = compareRuns(a, b, { names, contracts });
    if (found.is === 'not-compared') {
      notCompared.push({ program: name, why: found.why });
      continue;
    }
    totals.compared += 1;
    totals.steps += found.compared;
    totals.agreed += found.agreed;
    totals.unpaired += found.unpaired;
    const steps = program.steps.length;
    sightings.push(...found.differences.map((difference) => ({ program: name, steps, difference })));
  }
  return { sightings, totals, notCompared };
}

function countsOf(sightings: readonly Sighting[]): Partial<Record<DifferenceClass, number>> {
  const counts: Partial<Record<DifferenceClass, number>> = {};
  for (const { difference } of sightings) counts[difference.class] = (counts[difference.class] ?? 0) + 1;
  return counts;
}
