import { join } from 'node:path';
import { changeShared, recallShared } from '../../files/shared.ts';
import {
  type CoverageTable,
  coverageFromJson,
  coverageTable,
  coverageToJson,
} from '../../search/coverage/coverage.ts';

/** Where what earlier nights covered is kept: one file a target and version, below the results. */
export const coverageFile = (out: string, { target, version }: { target: string; version: string }): string =>
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
  const copied = () => ({ keys: new Map(table.keys), uses: new Map(table.uses) });
  let told = copied();
  const remember = async (): Promise<void> => {
    const now = copied();
    await changeShared(file, coverageFromJson, (sum) => {
      for (const [key, times] of now.keys) sum?.add(key, times - (told.keys.get(key) ?? 0));
      for (const [text, times] of now.uses) sum?.use(text, times - (told.uses.get(text) ?? 0));
      return coverageToJson(sum ?? table);
    });
    told = now;
  };
  return { table, setAside, remember };
}
