import { join } from 'node:path';
import { exit } from '../bin/cli/errors.ts';
import { writeAtomic } from '../files/write.ts';
import { reapDeadRuns } from '../runtime/runs/reap.ts';
import { command, log, say } from './harness/command.ts';
import { optionsFrom } from './options.ts';
import { type PartReport, reportLines } from './part.ts';
import { parts } from './parts.ts';

const FORMAT = 1;

/** Measures part after part, prints each as soon as it is known, and keeps all numbers in one file. */
await command(async (signal) => {
  const options = optionsFrom(process.argv.slice(2), parts);
  await reapDeadRuns(log);
  const startedAt = new Date().toISOString();
  const reports: PartReport[] = [];
  for (const part of parts.filter(({ name }) => options.only.includes(name))) {
    log(`measuring ${part.name}`);
    const report = await part.measure({ options, log, signal });
    reports.push(report);
    for (const line of reportLines(report)) say(line);
    const all = { format: FORMAT, startedAt, quick: options.quick, seed: options.seed, parts: reports };
    await writeAtomic(join(options.out, 'bench.json'), `${JSON.stringify(all, null, 1)}\n`);
  }
  const losses = reports.flatMap((report) => report.losses);
  say(`\n${losses.length} losses; numbers in ${options.out}/bench.json`);
  return exit.fine;
});
