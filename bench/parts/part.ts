import type { Options } from '../options.ts';
import type { PartReport } from '../report/part-report.ts';

/** What a part of the benchmarks is given. */
export interface Setting {
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
