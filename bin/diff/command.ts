import type { Command } from 'commander';
import { type Globals, withGlobals } from '../options/globals.ts';
import { durationMs, wholeNumber } from '../options/values.ts';
import type { DiffOptions } from './plan.ts';

const seed = wholeNumber(-0x8000_0000, 0xffff_ffff);

const examples = `
A target is reference, lab, host or external, and what makes it another one:
  lab@0.10.0               a version (lab, reference)
  host@./boxlite-old       a binary (host)
  external@http://a:8100   a server (external)
  reference+force-ignored  a seeded defect (reference), +NAME=0.3 with a rate

All programs run on the first target, which is closed, then on the second; without FILES, --corpus, --programs
and --for the corpus and 20 drawn programs.

Examples:
  boxcheck diff --targets reference,lab
  boxcheck diff --targets lab@0.10.0,lab@0.10.7 --for 2h
  boxcheck diff --targets host@./old/boxlite,host@./new/boxlite --corpus --programs 200

Exit codes: 0 no open disagreement, 1 some, 2 wrong usage, 3 a target could not run or nothing was compared.`;

/** `boxcheck diff`: the same programs on two targets, their answers compared step by step. */
export function diffCommand(parent: Command, done: (code: number) => void): void {
  withGlobals(parent.command('diff'))
    .description('runs the same programs on two targets and compares what is seen, step by step')
    .argument('[file...]', 'program files or counterexample folders to run on both')
    .option('--targets <a,b>', 'the two targets, such as reference,lab')
    .option('--programs <n>', 'draw so many programs', wholeNumber(1, 1_000_000))
    .option('--for <time>', 'draw programs as long as time allows for both: 90s, 30m, 2h', durationMs)
    .option('--corpus', 'run the pinned programs and the known counterexamples', false)
    .option('--seed <n>', 'of the drawn programs (default: a random one)', seed)
    .option('--max-steps <n>', 'longest program', wholeNumber(1, 1000), 30)
    .option('--times <n>', 'runs of a program that fails on a side, for its rate', wholeNumber(1, 100), 3)
    .option('--strict', 'differences within one outcome of the contract count too', false)
    .addHelpText('after', examples)
    .action(async (files: string[], options: Globals & DiffOptions) =>
      done(await (await import('./run.ts')).diff(files, options)),
    );
}
