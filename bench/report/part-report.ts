/** A table as it is printed: headings, then rows of as many cells. */
export interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What one part of the benchmarks found. */
export interface PartReport {
  readonly part: string;
  /** What ran: the reference, the model, with which seed. Printed with every table. */
  readonly measuredOn: string;
  readonly tables: readonly Table[];
  /** Where we miss a target or are worse than somebody else: printed as losses. */
  readonly losses: readonly string[];
  readonly notes: readonly string[];
  /** The numbers behind the tables. */
  readonly data: unknown;
}
