import { CommanderError } from 'commander';
import { errorText, exit, exitCodeOfError } from '../bin/cli/errors.ts';
import { writeWhole } from '../quality/scoreboard-record.ts';
import { reapDeadRuns } from '../runtime/runs/reap.ts';
import { type Options, optionsFrom } from './options.ts';
import { parts } from './parts/index.ts';
import type { PartReport } from './report/part-report.ts';
import { reportLines } from './report/print.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const log = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const FORMAT = 1;

/** Measures part after part, prints each as soon as it is known, and keeps all numbers in one file. */
async function bench(options: Options, signal: AbortSignal): Promise<number> {
  await reapDeadRuns(log);
  const startedAt = new Date().toISOString();
  const reports: PartReport[] = [];
  for (const part of parts.filter(({ name }) => options.only.includes(name))) {
    log(`measuring ${part.name}`);
    const report = await part.measure({ options, log, signal });
    reports.push(report);
    for (const line of reportLines(report)) say(line);
    const all = { format: FORMAT, startedAt, quick: options.quick, seed: options.seed, parts: reports };
    await writeWhole(options.out, 'bench.json', `${JSON.stringify(all, null, 1)}\n`);
  }
  const losses = reports.flatMap((report) => report.losses.map((loss) => `${report.part}: ${loss}`));
  say(`\n${losses.length} losses; numbers in ${options.out}/bench.json`);
  return exit.fine;
}

/** A first Ctrl-C ends the part that is being measured, a second one everything at once. */
function interruptible(): AbortSignal {
  const abort = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.once(name, () => abort.abort(new Error(`stopped by ${name}`)));
  return abort.signal;
}

const signal = interruptible();
try {
  process.exitCode = await bench(optionsFrom(process.argv.slice(2), parts), signal);
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? exit.fine : exit.usage;
  else {
    log(errorText(error, process.env.BOXCHECK_DEBUG === '1'));
    process.exitCode = signal.aborted ? exit.interrupted : exitCodeOfError(error);
  }
}
