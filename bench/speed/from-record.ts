import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UsageError } from '../../bin/errors.ts';

const recordSchema = z.object({
  use: z.string(),
  environment: z.looseObject({}),
  totals: z.object({
    programs: z.int(),
    steps: z.int(),
    runtimeMs: z.number(),
    harnessMs: z.number(),
    /** Records from before it was measured have none. */
    cpuMs: z.number().optional(),
  }),
});

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

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
