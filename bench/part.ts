import { type Table, tableLines } from './harness/table.ts';
import type { Options } from './options.ts';

/** What a part of the benchmarks is given. */
interface Setting {
  readonly options: Options;
  /** For whoever watches. */
  readonly log: (line: string) => void;
  readonly signal: AbortSignal;
}

/** One measurement that can be made alone. */
export interface Part {
  readonly name: string;
  /** Shown by --help. */
  readonly about: string;
  measure(setting: Setting): Promise<PartReport>;
}

/** What one part of the benchmarks found. */
export interface PartReport {
  readonly part: string;
  /** What ran, with which seeds. */
  readonly measuredOn: string;
  readonly table: Table;
  /** Targets that are missed: printed as losses. */
  readonly losses: readonly string[];
  readonly notes: readonly string[];
  /** The numbers behind the table. */
  readonly data: unknown;
}

/** A part's report as lines for a terminal. */
export const reportLines = ({ part, measuredOn, table, losses, notes }: PartReport): string[] => [
  '',
  `== ${part}: measured on ${measuredOn}`,
  '',
  ...tableLines(table),
  '',
  ...notes.map((note) => `note  ${note}`),
  ...losses.map((loss) => `LOSS  ${loss}`),
];
