import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { counted } from '../../domain/counted.ts';
import { readJson, readText } from '../../files/json.ts';
import { coverageLines, mergedCoverage, neverExecuted } from '../../report/coverage.ts';
import { type UseRow, useRows, usesLines } from '../../report/uses.ts';
import { coverageFromJson, coverageTable } from '../../search/coverage/coverage.ts';
import { exit, UsageError } from '../cli/errors.ts';
import { newOutput } from '../terminal/output.ts';
import { coverageFile } from './memory.ts';

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
  if (existsSync(join(dir, 'diff.json')) && !existsSync(join(dir, 'run.json')))
    throw new UsageError(`${dir}: of a diff nothing is kept that could be counted; leave it out`);
  const { environment, totals } = await readJson(join(dir, 'run.json'), { schema: runSchema, hint });
  const { target, version } = environment.identity;
  const rows = await readJson(join(dir, 'coverage.json'), { schema: rowsSchema, hint });
  const memory = coverageFile(resolve(dir, '../..'), environment.identity);
  return { dir, about: `target ${target}, BoxLite ${version}`, totals, rows, memory };
}

/** What drawn programs have used, by what was kept beside the runs: of these and of other campaigns there. */
async function rememberedUses(files: ReadonlySet<string>): Promise<UseRow[]> {
  const sum = coverageTable();
  for (const file of files) {
    if (!existsSync(file)) continue;
    for (const [text, times] of coverageFromJson(await readText(file), file).uses) sum.use(text, times);
  }
  return sum.uses.size === 0 ? [] : useRows(sum.uses);
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
  const files = new Set(runs.map(({ memory }) => memory));
  const uses = await rememberedUses(files);
  const output = newOutput(options.json ?? false);
  if (output.json) output.data({ about: first?.about, rows, missing, uses });
  else for (const line of [...coverageLines(rows), ...usesTold(uses, files)]) output.log(line);
  const sum = (key: 'programs' | 'steps' | 'boxes') => runs.reduce((all, run) => all + run.totals[key], 0);
  output.log(
    `${counted(runs.length, 'run')}, ${counted(sum('programs'), 'program')}, ${counted(sum('steps'), 'step')}, ${counted(sum('boxes'), 'box')}; ${missing.length} of the commands on their surfaces never executed [${first?.about}]`,
  );
  return options.complete && missing.length > 0 ? exit.failed : exit.fine;
}

function usesTold(uses: readonly UseRow[], files: ReadonlySet<string>): string[] {
  const where = [...files].join(', ');
  if (uses.length === 0) return [`what drawn programs used is not kept in ${where}`];
  const used = uses.filter(({ count }) => count > 0).length;
  return [
    `options and kinds of values that drawn programs used, by all campaigns of ${where}: ${used} of ${uses.length}`,
    ...usesLines(uses),
  ];
}
