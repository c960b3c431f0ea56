import { fixed, mean, percent, shareOf } from '../report/numbers.ts';
import type { Effort } from './effort.ts';

/** What shrinking must do with programs of 20 steps of which 5 are needed. */
const target = { steps: 20, needed: 5, runs: 25, minimum: 0.95 } as const;

interface Row {
  readonly tool: string;
  readonly steps: number;
  readonly needed: number;
  readonly efforts: readonly Effort[];
}

const figures = ({ needed, efforts }: Row) => ({
  runs: mean(efforts.map((effort) => effort.runs)),
  commands: mean(efforts.map((effort) => effort.commands)),
  minimum: shareOf(efforts, ({ steps }) => steps === needed),
});

/** Where we miss the target, or are worse than anybody else at the same programs. */
export function shrinkLosses(rows: readonly Row[]): string[] {
  return rows
    .filter(({ tool }) => tool === 'boxcheck')
    .flatMap((ours) => [...missed(ours), ...worse(ours, rows)]);
}

function missed(row: Row): string[] {
  if (row.steps !== target.steps || row.needed !== target.needed) return [];
  const { runs, minimum } = figures(row);
  const where = `${row.steps} steps that need ${row.needed}`;
  return [
    ...(runs > target.runs ? [`${where}: ${fixed(runs)} runs, target ${target.runs}`] : []),
    ...(minimum < target.minimum
      ? [`${where}: minimum in ${percent(minimum)}, target ${percent(target.minimum)}`]
      : []),
  ];
}

function worse(ours: Row, rows: readonly Row[]): string[] {
  const mine = figures(ours);
  return rows
    .filter(({ tool, steps, needed }) => tool !== ours.tool && steps === ours.steps && needed === ours.needed)
    .flatMap((other) => {
      const theirs = figures(other);
      const where = `${ours.steps} steps that need ${ours.needed}: worse than ${other.tool}`;
      return [
        ...(mine.runs > theirs.runs ? [`${where}, ${fixed(mine.runs)} runs to ${fixed(theirs.runs)}`] : []),
        ...(mine.commands > theirs.commands
          ? [`${where}, ${fixed(mine.commands)} commands to ${fixed(theirs.commands)}`]
          : []),
        ...(mine.minimum < theirs.minimum
          ? [`${where}, minimum in ${percent(mine.minimum)} to ${percent(theirs.minimum)}`]
          : []),
      ];
    });
}
