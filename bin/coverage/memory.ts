import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Identity } from '../../domain/identity.ts';
import { readText } from '../../files/json.ts';
import { writeAtomic } from '../../files/write.ts';
import {
  type CoverageTable,
  coverageFromJson,
  coverageTable,
  coverageToJson,
} from '../../search/coverage/coverage.ts';

/** Where what earlier nights covered is kept: one file a target and version, below the results. */
export const coverageFile = (out: string, { target, version }: Identity): string =>
  join(out, 'coverage', `${target}-${version.replace(/[^0-9A-Za-z.]+/gu, '-')}.json`);

/** What earlier nights covered; empty where there was none. @throws FileError for a file that cannot be read */
export const recallCoverage = async (file: string): Promise<CoverageTable> =>
  existsSync(file) ? coverageFromJson(await readText(file), file) : coverageTable();

/** Keeps it for the next night. */
export const rememberCoverage = (file: string, table: CoverageTable): Promise<void> =>
  writeAtomic(file, coverageToJson(table));
