import { join } from 'node:path';
import { freshDirectory, toJson, writeAtomic } from '../files/write.ts';
import { html } from './html.ts';
import type { InvocationRecord } from './invocation-record.ts';
import { junit } from './junit.ts';
import { stamp } from './stamp.ts';

/** The directory of a run that begins now, below `parent`; empty until the reports are written. */
export const invocationDirectory = (
  parent: string,
  startedAt: Date,
  use: string,
  target: string,
): Promise<string> => freshDirectory(parent, `${stamp(startedAt)}-${use}-${target}`);

/** Writes every report of a run into its directory; may be called again and again while the run goes on. */
export async function writeReports(dir: string, record: InvocationRecord): Promise<void> {
  const { coverage, ...rest } = record;
  await writeAtomic(join(dir, 'run.json'), toJson(rest));
  await writeAtomic(join(dir, 'coverage.json'), toJson(coverage));
  await writeAtomic(join(dir, 'junit.xml'), junit(record));
  await writeAtomic(join(dir, 'report.html'), html(record));
}
