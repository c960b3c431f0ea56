import { join } from 'node:path';
import { exit } from '../bin/cli/errors.ts';
import { counted } from '../domain/counted.ts';
import { toJson, writeAtomic } from '../files/write.ts';
import { coveragePart } from './coverage/part.ts';
import { command, log, say } from './harness/command.ts';
import { lanesPart } from './lanes/part.ts';
import { optionsFrom } from './options.ts';
import { type Part, type PartReport, reportLines } from './part.ts';
import { shrinkPart } from './shrink/part.ts';

const parts: readonly Part[] = [shrinkPart, coveragePart, lanesPart];

/** Measures part after part, prints each as soon as it is known, and keeps all numbers in one file. */
await command(async (signal) => {
  const options = optionsFrom(process.argv.slice(2), parts);
  const startedAt = new Date().toISOString();
  const reports: PartReport[] = [];
  for (const part of parts.filter(({ name }) => name === (options.only ?? name))) {
    log(`measuring ${part.name}`);
    const report = await part.measure({ options, log, signal });
    reports.push(report);
    for (const line of reportLines(report)) say(line);
    const all = { format: 1, startedAt, quick: options.quick, seed: options.seed, parts: reports };
    await writeAtomic(join(options.out, 'bench.json'), toJson(all));
  }
  const losses = reports.flatMap((report) => report.losses);
  say(`\n${counted(losses.length, 'loss')}; numbers in ${options.out}/bench.json`);
  return exit.fine;
});
