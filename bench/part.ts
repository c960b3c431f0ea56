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
  /** What ran: the reference, the model, with which seed. Printed with every table. */
  readonly measuredOn: string;
  readonly tables: readonly ({ readonly title: string } & Table)[];
  /** Targets that are missed: printed as losses. */
  readonly losses: readonly string[];
  readonly notes: readonly string[];
  /** The numbers behind the tables. */
  readonly data: unknown;
}

/** A part's report as lines for a terminal. */
export function reportLines(report: PartReport): string[] {
  return [
    '',
    `== ${report.part}: measured on ${report.measuredOn}`,
    ...report.tables.flatMap((table) => ['', table.title, ...tableLines(table)]),
    ...(report.notes.length > 0 ? ['', ...report.notes.map((note) => `note  ${note}`)] : []),
    ...report.losses.map((loss) => `LOSS  ${loss}`),
  ];
}
