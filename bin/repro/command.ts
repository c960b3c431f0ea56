import { type Command, Option } from 'commander';
import { type Globals, targetOption, withGlobals } from '../options/globals.ts';
import { wholeNumber } from '../options/values.ts';
import type { ReproOptions } from './run.ts';

/** `boxcheck repro FILE…`, also `run`: replays programs and counterexamples, step by step. */
export function reproCommand(parent: Command, done: (code: number) => void): void {
  withGlobals(parent.command('repro').alias('run'))
    .description('replays programs or counterexample folders; exit 1 when a failure shows')
    .argument('<file...>', 'program files or counterexample folders')
    .addOption(targetOption())
    .addOption(
      new Option('--times <n>', 'how often each is run').argParser(wholeNumber(1, 10_000)).default(1),
    )
    .option('--shrink', 'judge a failure and make the program shorter', false)
    .option('--no-known', 'judge by the contract alone: a known divergence is a failure like any other')
    .action(async (files: string[], options: Globals & ReproOptions) =>
      done(await (await import('./run.ts')).repro(files, options)),
    );
}
