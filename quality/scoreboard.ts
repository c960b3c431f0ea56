import { join } from 'node:path';
import { command, log, say } from '../bench/harness/command.ts';
import { exit } from '../bin/cli/errors.ts';
import { writeAtomic } from '../files/write.ts';
import { catalogue } from '../reference/defects.ts';
import { reapDeadRuns } from '../runtime/runs/record.ts';
import { changeLines, readScoreboard } from './compare.ts';
import { measure } from './measure.ts';
import { type Options, optionsFrom } from './options.ts';
import type { Settings } from './perform.ts';
import {
  type Row,
  rowOf,
  type Scoreboard,
  scoreboardFormat,
  staleMinima,
  survivors,
  totalsOf,
} from './summary.ts';
import { boardLines, totalLines } from './table.ts';
import { loadMinima, type Plan, planOf, type Trial } from './trial.ts';

async function measured(options: Options, plan: Plan, signal: AbortSignal): Promise<Scoreboard> {
  const { seeds, programs, deadlineFactor, jobs, scout, out } = options;
  const startedAt = new Date().toISOString();
  const rows: Row[] = [];
  const trials: Trial[] = [];
  const board = (complete: boolean): Scoreboard => ({
    format: scoreboardFormat,
    target: 'reference runtime with seeded defects',
    startedAt,
    seeds,
    programs,
    deadlineFactor,
    complete,
    rows,
    totals: totalsOf(rows),
    unreachable: plan.unreachable,
    trials,
  });
  // Workers answer at the same time; a file is written by one at a time, and the last one has it all.
  let saved = Promise.resolve();
  const save = (complete: boolean) => {
    saved = saved.then(() =>
      writeAtomic(join(out, 'scoreboard.json'), `${JSON.stringify(board(complete))}\n`),
    );
    return saved;
  };
  const complete = await measure({
    hunted: plan.hunted,
    seeds,
    settings: settingsOf(options),
    jobs,
    scout,
    signal,
    async onTrials({ defect, minimum }, made, minimal) {
      trials.push(...made);
      rows.push(rowOf(defect, minimum, made, minimal));
      rows.sort((a, b) => place(a) - place(b));
      await save(false);
    },
  });
  await save(complete);
  return board(complete);
}

const settingsOf = ({ programs, guided, confirm, shrinkRuns, deadlineFactor }: Options): Settings => ({
  budget: { programs, guided, shrinkRuns, shrinkSeconds: 600, reruns: { confirm, reruns: 2 * confirm } },
  deadlineFactor,
});

/** Rows come in the order of the catalogue, whatever order they were measured in. */
const place = ({ name }: Row): number => catalogue.findIndex((entry) => entry.name === name);

/** Measures, prints and writes; the exit code says whether a defect that always shows survived. */
await command(async (signal) => {
  const options = optionsFrom(process.argv.slice(2));
  const before = options.compare === null ? null : await readScoreboard(options.compare);
  const plan = planOf(options, loadMinima());
  await reapDeadRuns(log);
  const board = await measured(options, plan, signal);
  for (const line of [...boardLines(board.rows), '', ...totalLines(board.totals)]) say(line);
  for (const { name, why } of plan.unreachable) say(`NOT REACHABLE  ${name}: ${why}`);
  for (const name of plan.rare)
    say(`NOT HUNTED  ${name}: it shows too seldom for a quick board; the whole one hunts it`);
  if (before) for (const line of changeLines(before, board.rows)) say(line);
  say(`written to ${options.out}/scoreboard.json`);
  if (!board.complete) return exit.interrupted;
  const alive = survivors(board.rows);
  for (const row of alive) say(`SURVIVED  ${row.name}: killed with ${row.killed} of ${row.trials} seeds`);
  const stale = staleMinima(board.rows);
  for (const { name } of stale) say(`NOT SHOWN  ${name}: quality/minimal/${name}.json passes on it`);
  return alive.length + stale.length > 0 ? exit.failed : exit.fine;
});
