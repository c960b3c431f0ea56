import { join } from 'node:path';
import { z } from 'zod';
import { counted } from '../../domain/counted.ts';
import { readJson } from '../../files/json.ts';
import { coverageLines, mergedCoverage, neverExecuted } from '../../report/coverage.ts';
import { exit, UsageError } from '../cli/errors.ts';
import { newOutput } from '../terminal/output.ts';

const text = z.string();
const rowsSchema = z.array(
  z.object({ op: text, surface: text, situation: text, outcome: text, count: z.int() }),
);
const runSchema = z.object({
  environment: z.object({ identity: z.object({ target: text, version: text }) }),
  totals: z.object({ programs: z.int(), steps: z.int(), boxes: z.int() }),
});

const hint = 'a file of a boxcheck run is wanted: give a directory such as .boxcheck/runs/…';

async function readRun(dir: string) {
  const { environment, totals } = await readJson(join(dir, 'run.json'), { schema: runSchema, hint });
  const { target, version } = environment.identity;
  const rows = await readJson(join(dir, 'coverage.json'), { schema: rowsSchema, hint });
  return { dir, about: `target ${target}, BoxLite ${version}`, totals, rows };
}

/** Prints the table of runs of one target and version together. */
export async function coverage(
  dirs: readonly string[],
  options: { json?: boolean; complete: boolean },
): Promise<number> {
  const runs = await Promise.all(dirs.map(readRun));
  const [first] = runs;
  const other = runs.find(({ about }) => about !== first?.about);
  if (first && other)
    throw new UsageError(
      `${other.dir} is of ${other.about}, ${first.dir} of ${first.about}: one table is of one target`,
    );
  const rows = mergedCoverage(runs.map((run) => run.rows));
  const missing = neverExecuted(rows);
  const output = newOutput(options.json ?? false);
  if (output.json) output.data({ about: first?.about, rows, missing });
  else for (const line of coverageLines(rows)) output.log(line);
  const sum = (key: 'programs' | 'steps' | 'boxes') => runs.reduce((all, run) => all + run.totals[key], 0);
  output.log(
    `${counted(runs.length, 'run')}, ${counted(sum('programs'), 'program')}, ${counted(sum('steps'), 'step')}, ${counted(sum('boxes'), 'box')}; ${missing.length} of the commands on their surfaces never executed [${first?.about}]`,
  );
  return options.complete && missing.length > 0 ? exit.failed : exit.fine;
}
