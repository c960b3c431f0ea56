import { type Command, Option } from 'commander';
import { defaultSettings } from '../../search/generate/settings.ts';
import { type Globals, targetOption, withGlobals } from '../options/globals.ts';
import { durationMs, share, wholeNumber } from '../options/values.ts';
import type { FuzzOptions } from './run.ts';

/** `boxcheck fuzz`: draws and runs programs until the time is over. */
export function fuzzCommand(parent: Command, done: (code: number) => void): void {
  withGlobals(parent.command('fuzz'))
    .description('draws and runs programs for a time; every new failure is kept, judged and made shorter')
    .addOption(targetOption())
    .addOption(
      new Option('--for <time>', 'how long: 90s, 30m, 2h (this or --programs)').argParser(durationMs),
    )
    .addOption(
      new Option('--programs <n>', 'how many programs, findings not counted').argParser(
        wholeNumber(1, 1_000_000),
      ),
    )
    .addOption(
      new Option('--seed <n>', 'of the campaign (default: a random one)').argParser(
        wholeNumber(-0x8000_0000, 0xffff_ffff),
      ),
    )
    .addOption(new Option('--max-steps <n>', 'longest program').argParser(wholeNumber(1, 1000)).default(30))
    .addOption(
      new Option('--max-boxes <n>', 'boxes at the same time').argParser(wholeNumber(1, 20)).default(2),
    )
    .addOption(
      new Option('--illegal <share>', 'share of steps the contract refuses').argParser(share).default(0.25),
    )
    .addOption(
      new Option(
        '--guided <share>',
        'share of programs drawn for what is not covered yet: 1 covers soonest, 0 is chance alone',
      )
        .argParser(share)
        .default(defaultSettings.guided),
    )
    .option('--no-memory', 'guided by this run alone, not by what earlier ones covered (kept below --out)')
    .option('--no-corpus', 'do not run the corpus before anything is drawn')
    .action(async (options: Globals & FuzzOptions, command: Command) => {
      if (options.for === undefined && options.programs === undefined)
        command.error('error: fuzz needs --for TIME (such as 30m), --programs N, or both', { exitCode: 2 });
      done(await (await import('./run.ts')).fuzz(options));
    });
}
