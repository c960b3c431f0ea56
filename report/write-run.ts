import { join } from 'node:path';
import { freshDirectory, toJson, writeAtomic } from '../files/write.ts';
import { html } from './html.ts';
import { junit } from './junit.ts';
import type { RunRecord } from './run-record.ts';
import { stamp } from './stamp.ts';

/** The directory of a run that begins now, below `parent`; empty until the reports are written. */
export const runDirectory = (parent: string, startedAt: Date, use: string, target: string): Promise<string> =>
  freshDirectory(parent, `${stamp(startedAt)}-${use}-${target}`);

/** Writes every report of a run into its directory; may be called again and again while the run goes on. */
export async function writeRun(dir: string, record: RunRecord): Promise<void> {
  const { coverage, ...rest } = record;
  await writeAtomic(join(dir, 'run.json'), toJson(rest));
  await writeAtomic(join(dir, 'coverage.json'), toJson(coverage));
  await writeAtomic(join(dir, 'junit.xml'), junit(record));
  await writeAtomic(join(dir, 'report.html'), html(record));
}
