import { CommanderError } from 'commander';
import { errorText, exit, exitCodeOfError } from '../bin/cli/errors.ts';
import { catalogue } from '../reference/defects.ts';
import { reapDeadRuns } from '../runtime/runs/reap.ts';
import { changeLines } from './compare.ts';
import { measure } from './measure.ts';
import { loadMinima } from './minima.ts';
import { type Options, optionsFrom } from './options.ts';
import { page } from './page.ts';
import { type Plan, planOf } from './plan.ts';
import { readScoreboard, type Scoreboard, scoreboardFormat, writeWhole } from './scoreboard-record.ts';
import { type Row, rowOf, staleMinima, survivors, totalsOf } from './summary.ts';
import { tableLines, totalLines } from './table.ts';
import type { Budget } from './trial.ts';
import type { Trial } from './trial-record.ts';

const budgetOf = ({ programs, confirm, shrinkRuns }: Options): Budget => ({
  programs,
  shrinkRuns,
  shrinkSeconds: 600,
  reruns: { confirm, reruns: 2 * confirm },
});

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const log = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Measures, tells and writes; the exit code says whether a defect that always shows survived. */
async function scoreboard(options: Options, signal: AbortSignal): Promise<number> {
  const before = options.compare === null ? null : await readScoreboard(options.compare);
  const plan = planOf(options, loadMinima());
  await reapDeadRuns(log);
  const board = await measured(options, plan, signal);
  for (const line of [...tableLines(board.rows), '', ...totalLines(board.totals)]) say(line);
  for (const { name, why } of plan.unreachable) say(`NOT REACHABLE  ${name}: ${why}`);
  if (before) for (const line of changeLines(before, board.rows)) say(line);
  say(`written to ${options.out}: scoreboard.json, scoreboard.html`);
  if (!board.complete) return exit.interrupted;
  const alive = survivors(board.rows);
  for (const row of alive) say(`SURVIVED  ${row.name}: killed with ${row.killed} of ${row.trials} seeds`);
  const stale = staleMinima(board.rows);
  for (const { name } of stale) say(`NOT SHOWN  ${name}: quality/minimal/${name}.json passes on it`);
  return alive.length + stale.length > 0 ? exit.failed : exit.fine;
}

async function measured(options: Options, plan: Plan, signal: AbortSignal): Promise<Scoreboard> {
  const startedAt = new Date().toISOString();
  const rows: Row[] = [];
  const trials: Trial[] = [];
  // Workers answer at the same time; a file is written by one at a time, and the last one has it all.
  let kept = Promise.resolve();
  const keepOne = (complete: boolean) => {
    kept = kept.then(() => keep(options.out, board(complete)));
    return kept;
  };
  const board = (complete: boolean): Scoreboard => ({
    format: scoreboardFormat,
    target: 'reference runtime with seeded defects',
    startedAt,
    seeds: options.seeds,
    programs: options.programs,
    deadlineFactor: options.deadlineFactor,
    complete,
    rows,
    totals: totalsOf(rows),
    unreachable: plan.unreachable,
    trials,
  });
  const complete = await measure({
    hunted: plan.hunted,
    seeds: options.seeds,
    deadlineFactor: options.deadlineFactor,
    jobs: options.jobs,
    scout: options.scout,
    budget: budgetOf(options),
    signal,
    log,
    async onTrials({ defect, minimum }, made, minimal) {
      trials.push(...made);
      rows.push(rowOf(defect, minimum, made, minimal));
      rows.sort((a, b) => place(a) - place(b));
      await keepOne(false);
    },
  });
  await keepOne(complete);
  return board(complete);
}

/** Rows come in the order of the catalogue, whatever order they were measured in. */
const place = ({ name }: Row): number => catalogue.findIndex((entry) => entry.name === name);

async function keep(dir: string, board: Scoreboard): Promise<void> {
  await writeWhole(dir, 'scoreboard.json', `${JSON.stringify(board)}\n`);
  await writeWhole(dir, 'scoreboard.html', page(board));
}

/** A first Ctrl-C ends the trial and writes what there is, a second one ends at once. */
function interruptible(): AbortSignal {
  const abort = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.once(name, () => abort.abort(new Error(`stopped by ${name}`)));
  return abort.signal;
}

try {
  process.exitCode = await scoreboard(optionsFrom(process.argv.slice(2)), interruptible());
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? exit.fine : exit.usage;
  else {
    log(errorText(error, process.env.BOXCHECK_DEBUG === '1'));
    process.exitCode = exitCodeOfError(error);
  }
}
