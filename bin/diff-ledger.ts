import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '../report/environment.ts';
import { slug } from '../report/stamp.ts';
import { describeSeen } from '../report/text/seen.ts';
import type { History } from '../run/history.ts';
import { type ObservedRun, observe } from '../verdict/diff.ts';

/** What one side has seen: kept in memory for comparing, and on disk line by line for whoever kills the run. */
export interface SideLedger {
  readonly runs: ReadonlyMap<string, ObservedRun>;
  /** Takes up the run of a program. */
  add(name: string, history: History): Promise<ObservedRun>;
}

/** A ledger in `DIR/observed-1-lab.jsonl`; its first line says whose observations they are. */
export async function openLedger(
  dir: string,
  place: 1 | 2,
  label: string,
  environment: Environment,
): Promise<SideLedger> {
  const file = join(dir, `observed-${place}-${slug(label)}.jsonl`);
  const write = (line: unknown): Promise<void> => appendFile(file, `${JSON.stringify(line)}\n`);
  const runs = new Map<string, ObservedRun>();
  await write({ format: 1, label, environment });
  return {
    runs,
    add: async (name, history) => {
      const run = observe(history, describeSeen);
      runs.set(name, run);
      await write({ name, program: history.program, run });
      return run;
    },
  };
}
