import { join } from 'node:path';
import { exit } from '../bin/cli/errors.ts';
import { counted } from '../domain/counted.ts';
import { toJson, writeAtomic } from '../files/write.ts';
import { coveragePart } from './coverage/part.ts';
import { command, log, say } from './harness/command.ts';
import { lanesPart } from './lanes/part.ts';
import { type Options, optionsFrom } from './options.ts';
import { type Part, type PartReport, reportLines } from './part.ts';
import { realPart } from './real/part.ts';
import { shrinkPart } from './shrink/part.ts';

const parts: readonly Part[] = [shrinkPart, coveragePart, lanesPart, realPart];

/** Measures part after part, prints each as soon as it is known, and keeps all numbers in one file. */
await command(async (signal) => {
  const options = optionsFrom(process.argv.slice(2), parts);
  const startedAt = new Date().toISOString();
  const reports: PartReport[] = [];
  for (const part of chosen(options)) {
    log(`measuring ${part.name}`);
    const report = await part.measure({ options, log, signal });
    reports.push(report);
    for (const line of reportLines(report)) say(line);
    const all = { format: 1, startedAt, quick: options.quick, seed: options.seed, parts: reports };
    await writeAtomic(join(options.out, 'bench.json'), toJson(all));
    if (signal.aborted) {
      say(
        `\ninterrupted: ${part.name} has only what was measured by then; numbers in ${options.out}/bench.json`,
      );
      return exit.interrupted;
    }
  }
  const losses = reports.flatMap((report) => report.losses);
  say(`\n${counted(losses.length, 'loss')}; numbers in ${options.out}/bench.json`);
  return exit.fine;
});

/** The part that is named, else all; a target is measured only when it is asked for. */
function chosen({ only, target }: Options): readonly Part[] {
  if (only) return parts.filter(({ name }) => name === only);
  return parts.filter((part) => part !== realPart || target !== undefined);
}
