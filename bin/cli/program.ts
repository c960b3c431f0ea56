import { Command } from 'commander';
import { boxcheckVersion } from '../../report/environment.ts';
import { FINDING_SHARE } from '../../search/campaign/campaign.ts';
import { defaultSettings } from '../../search/generate/settings.ts';
import { defaultSeedsFile } from '../corpus/corpus.ts';
import type { DiffOptions } from '../diff/plan.ts';
import type { FuzzOptions } from '../fuzz/run.ts';
import {
  type Globals,
  lanesOption,
  targetOption,
  targetOptions,
  unmarkedOption,
  withGlobals,
} from '../options/globals.ts';
import { durationMs, seedList, share, wholeNumber } from '../options/values.ts';
import type { ReproOptions } from '../repro/run.ts';
import type { SmokeOptions } from '../smoke/run.ts';
import { newOutput } from '../terminal/output.ts';
import { exit } from './errors.ts';

/** Is told the exit code of what was run. */
type Done = (code: number) => void;

/** The whole command line; `complain` is told what is wrong with it. What is performed is loaded when it is asked for. */
export function program(
  done: Done,
  complain: (text: string) => void = (text) => process.stderr.write(text),
): Command {
  const root = new Command('boxcheck')
    .description(
      'Model-based property testing of BoxLite. Without --target the best real runtime here is tested.',
    )
    .version(boxcheckVersion(), '-V, --version')
    // Behind a command --version is that of BoxLite.
    .enablePositionalOptions()
    .configureOutput({ writeErr: complain })
    .exitOverride();
  for (const add of [smoke, fuzz, repro, diff, doctor, lab, sdk, corpus, coverage]) add(root, done);
  return root;
}

const seed = wholeNumber(-0x8000_0000, 0xffff_ffff);
const programs = wholeNumber(1, 1_000_000);
const steps = wholeNumber(1, 1000);
const failures = ['--max-failures <n>', 'end after so many new findings; 1: at the first', programs] as const;

function smoke(root: Command, done: Done): void {
  withGlobals(root.command('smoke'))
    .description('the check before a merge: pinned programs, known divergences, fixed seeds')
    .addOption(targetOption())
    .addOption(unmarkedOption())
    .addOption(lanesOption())
    .option('--seeds <list>', 'these seeds only, such as 1,2,10-19', seedList)
    .option(...failures)
    .option('--seeds-file <file>', 'seeds and how long their programs are', defaultSeedsFile)
    .action(async (options: Globals & SmokeOptions) =>
      done(await (await import('../smoke/run.ts')).smoke(options)),
    );
}

function fuzz(root: Command, done: Done): void {
  withGlobals(root.command('fuzz'))
    .description('draws and runs programs for a time; every new failure is kept, judged and made shorter')
    .addOption(targetOption())
    .addOption(unmarkedOption())
    .addOption(lanesOption())
    .option(
      '--for <time>',
      'how long from the first program on: 90s, 30m, 2h (this or --programs); what is run then has a few seconds more',
      durationMs,
    )
    .option('--programs <n>', 'how many programs, findings not counted', programs)
    .option(
      '--share <share>',
      'largest share of --for spent on one finding; what is left open is gone on with at the end',
      share,
      FINDING_SHARE,
    )
    .option(...failures)
    .option('--seed <n>', 'of the campaign (default: a random one)', seed)
    .option('--max-steps <n>', 'longest program', steps, defaultSettings.maxSteps)
    .option(
      '--max-boxes <n>',
      'boxes at the same time where no corner of the language wants more',
      wholeNumber(1, 20),
      2,
    )
    .option('--illegal <share>', 'share of steps the contract refuses', share, 0.25)
    .option(
      '--guided <share>',
      'share of programs drawn for what is not covered yet: 1 covers soonest, 0 is chance alone',
      share,
      defaultSettings.guided,
    )
    .option('--no-memory', 'guided by this run alone, not by what earlier ones covered (kept below --out)')
    .option('--no-corpus', 'do not run the corpus before anything is drawn')
    .action(async (options: Globals & FuzzOptions, command: Command) => {
      if (options.for === undefined && options.programs === undefined)
        command.error('error: fuzz needs --for TIME (such as 30m), --programs N, or both', { exitCode: 2 });
      done(await (await import('../fuzz/run.ts')).fuzz(options));
    });
}

function repro(root: Command, done: Done): void {
  withGlobals(root.command('repro').alias('run'))
    .description('replays programs or counterexample folders; exit 1 when a failure shows')
    .argument('<file...>', 'program files or counterexample folders')
    .addOption(targetOption())
    .addOption(unmarkedOption())
    .option('--times <n>', 'how often each is run', wholeNumber(1, 10_000), 1)
    .option('--shrink', 'judge a failure and make the program shorter', false)
    .option('--no-known', 'judge by the contract alone: a known divergence is a failure like any other')
    .action(async (files: string[], options: Globals & ReproOptions) =>
      done(await (await import('../repro/run.ts')).repro(files, options)),
    );
}

const diffHelp = `
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

function diff(root: Command, done: Done): void {
  withGlobals(root.command('diff'))
    .description('runs the same programs on two targets and compares what is seen, step by step')
    .argument('[file...]', 'program files or counterexample folders to run on both')
    .option('--targets <a,b>', 'the two targets, such as reference,lab')
    .option('--programs <n>', 'draw so many programs', programs)
    .option('--for <time>', 'draw programs as long as time allows for both: 90s, 30m, 2h', durationMs)
    .option('--corpus', 'run the pinned programs and the known counterexamples', false)
    .option('--seed <n>', 'of the drawn programs (default: a random one)', seed)
    .option('--max-steps <n>', 'longest program', steps, defaultSettings.maxSteps)
    .option('--times <n>', 'runs of a program that fails on a side, for its rate', wholeNumber(1, 100), 3)
    .option('--strict', 'differences within one outcome of the contract count too', false)
    .addHelpText('after', diffHelp)
    .action(async (files: string[], options: Globals & DiffOptions) =>
      done(await (await import('../diff/run.ts')).diff(files, options)),
    );
}

function doctor(root: Command, done: Done): void {
  withGlobals(root.command('doctor'))
    .description(
      'says which targets can run on this machine and what the others lack; exit 3 when no real one',
    )
    .action(async (options: Globals) => done(await (await import('./doctor.ts')).doctor(options)));
}

const labVerbs = {
  build: ['buildLab', 'makes everything the lab needs; once, takes a while'],
  up: ['upLab', 'starts the lab; it stays up until `lab down`'],
  status: ['labStatus', 'says what is built and what is up; exit 3 when no lab is up'],
  logs: ['labLogs', 'the ends of its console and server log'],
  down: ['downLab', 'ends the lab'],
} as const;

function lab(root: Command, done: Done): void {
  const command = root
    .command('lab')
    .description('the machine in which the real BoxLite runs where the host has no usable KVM');
  for (const [verb, [perform, what]] of Object.entries(labVerbs)) {
    withGlobals(command.command(verb))
      .description(what)
      .action(async (globals: Globals) => {
        await (await import('../options/choose.ts')).checkFlags({ ...globals, target: 'lab' });
        const verbs = await import('../../lab/index.ts');
        const { json, log, data } = newOutput(globals.json ?? false);
        const well = await verbs[perform](targetOptions(globals), log, json ? data : undefined);
        done(well === false ? exit.infrastructure : exit.fine);
      });
  }
}

function sdk(root: Command, done: Done): void {
  root
    .command('sdk')
    .description('installs the official Python SDK below the cache, for the surface of that name')
    .option(
      '--version <version>',
      'BoxLite version it is for (default: the newest, and the one that the reference plays)',
    )
    .action(async ({ version }: { version?: string }) => {
      const { installSdk } = await import('../../runtime/install-sdk.ts');
      const { usualVersions } = await import('../../runtime/wheels.ts');
      const { log } = newOutput(false);
      for (const one of version ? [version] : usualVersions)
        log(`Python SDK ${await installSdk(one, log)} is installed`);
      done(exit.fine);
    });
}

function corpus(root: Command): void {
  const command = root.command('corpus').description('pinned programs, known divergences and fixed seeds');
  const verbs = () => import('../corpus/corpus.ts');
  command
    .command('list')
    .description('what the corpus holds')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => (await verbs()).list(options));
  command
    .command('add')
    .description('takes a program or a counterexample folder up; it must pass from then on, or get a mark')
    .argument('<file>', 'program file or counterexample folder')
    .requiredOption('--name <name>', 'what it shows, such as exit-code-is-lost')
    .action(async (file: string, options: { name: string }) => (await verbs()).add(file, options));
  command
    .command('prune')
    .description('deletes programs that another one holds step by step')
    .option('--dry-run', 'only names them', false)
    .action(async (options: { dryRun: boolean }) => (await verbs()).prune(options));
  command
    .command('verify')
    .description('reads every file of the corpus and checks that they fit together')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => (await verbs()).verify(options));
}

function coverage(root: Command, done: Done): void {
  root
    .command('coverage')
    .description(
      'the table per command, surface and state of one run or of several together; and how often drawn programs have used each option and kind of value, by all campaigns with the same --out',
    )
    .argument('<run...>', 'run directories, such as .boxcheck/runs/…; all of one target and one version')
    .option('--json', 'the added rows as JSON')
    .option('--complete', 'exit 1 when a command was never executed on a surface it exists on', false)
    .action(async (dirs: string[], options: { json?: boolean; complete: boolean }) =>
      done(await (await import('../coverage/coverage.ts')).coverage(dirs, options)),
    );
}
