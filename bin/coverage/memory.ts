import { join } from 'node:path';
import type { Identity } from '../../domain/identity.ts';
import { changeShared, recallShared } from '../../files/shared.ts';
import {
  type CoverageTable,
  coverageFromJson,
  coverageTable,
  coverageToJson,
} from '../../search/coverage/coverage.ts';

/** Where what earlier nights covered is kept: one file a target and version, below the results. */
export const coverageFile = (out: string, { target, version }: Identity): string =>
  join(out, 'coverage', `${target}-${version.replace(/[^0-9A-Za-z.]+/gu, '-')}.json`);

/** What earlier nights covered, and what this one adds to it. */
export interface CoverageMemory {
  readonly table: CoverageTable;
  /** Why the file of earlier nights was set aside, and where it is; null where it was not. */
  readonly setAside: string | null;
  /** Adds to the file what the table has more than when this was last done: another run may do the same meanwhile. */
  remember(): Promise<void>;
}

/** Recalls what earlier nights covered. A file that cannot be read is set aside: a night must not end for it. */
export async function recallCoverage(file: string): Promise<CoverageMemory> {
  const { value: table = coverageTable(), setAside } = await recallShared(file, coverageFromJson);
  let told = new Map(table.keys);
  const remember = async (): Promise<void> => {
    const now = new Map(table.keys);
    await changeShared(file, coverageFromJson, (sum) => {
      for (const [key, times] of now) sum?.add(key, times - (told.get(key) ?? 0));
      return coverageToJson(sum ?? table);
    });
    told = now;
  };
  return { table, setAside, remember };
}
