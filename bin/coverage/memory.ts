import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomic } from '../../report/files.ts';
import type { Identity } from '../../domain/identity.ts';
import { type CoverageTable, coverageFromJson, coverageTable, coverageToJson } from '../../search/coverage/coverage.ts';

/** Where what earlier nights covered is kept: one file a target and version, below the results. */
export const coverageFile = (out: string, { target, version }: Identity): string =>
  join(out, 'coverage', `${target}-${version.replace(/[^0-9A-Za-z.]+/gu, '-')}.json`);

/**
 * What earlier nights covered; empty where there was none.
 * @throws Error that names a file that cannot be read
 */
export async function recallCoverage(file: string): Promise<CoverageTable> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new Error(`${file}: ${error.message}`);
  });
  return text === null ? coverageTable() : coverageFromJson(text, file);
}

/** Keeps it for the next night. */
export const rememberCoverage = (file: string, table: CoverageTable): Promise<void> =>
  writeAtomic(file, coverageToJson(table));
