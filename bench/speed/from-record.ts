import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UsageError } from '../../bin/cli/errors.ts';
import { percent } from '../report/numbers.ts';

const recordSchema = z.object({
  use: z.string(),
  environment: z.looseObject({ identity: z.looseObject({ target: z.string() }).optional() }),
  totals: z.object({
    programs: z.int(),
    steps: z.int(),
    runtimeMs: z.number(),
    harnessMs: z.number(),
    /** Records from before it was measured have none. */
    cpuMs: z.number().optional(),
  }),
});

/** Largest share of a run in the lab that is not spent waiting for the runtime; elsewhere answers come too fast to ask it. */
const MOST_OVERHEAD = 0.03;

/** The totals of a run record, such as one made in the lab. */
export type RecordTotals = z.infer<typeof recordSchema>;

/**
 * Reads what a run record says of time.
 * @throws UsageError that names the file when it is no run record
 */
export async function recordTotals(path: string): Promise<RecordTotals> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new UsageError(
      `--from ${path}: there is no such file; a run keeps its run.json in its --out directory`,
    );
  });
  const parsed = recordSchema.safeParse(jsonOrNull(text));
  if (parsed.success) return parsed.data;
  throw new UsageError(`--from ${path}: no run record: ${z.prettifyError(parsed.error)}`);
}

/** Whether boxcheck itself took too much of a run in the lab. */
export function overheadLosses({ environment, totals }: RecordTotals): string[] {
  const { runtimeMs, harnessMs } = totals;
  const share = harnessMs / (runtimeMs + harnessMs);
  if (environment.identity?.target !== 'lab' || share <= MOST_OVERHEAD) return [];
  return [`${percent(share)} of a run in the lab is boxcheck's own, target ${percent(MOST_OVERHEAD)}`];
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
