import { type Command, Option } from 'commander';
import { defaultSeedsFile } from '../corpus/files.ts';
import { type Globals, targetOption, withGlobals } from '../options/globals.ts';
import { seedList } from '../options/values.ts';
import type { SmokeOptions } from './run.ts';

/** `boxcheck smoke`: pinned programs, then known divergences, then fixed seeds. */
export function smokeCommand(parent: Command, done: (code: number) => void): void {
  withGlobals(parent.command('smoke'))
    .description('the check before a merge: pinned programs, known divergences, fixed seeds')
    .addOption(targetOption())
    .addOption(new Option('--seeds <list>', 'these seeds only, such as 1,2,10-19').argParser(seedList))
    .option('--seeds-file <file>', 'seeds and how long their programs are', defaultSeedsFile)
    .action(async (options: Globals & SmokeOptions) => done(await (await import('./run.ts')).smoke(options)));
}
