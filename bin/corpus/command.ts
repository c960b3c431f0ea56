import type { Command } from 'commander';

/** `boxcheck corpus list|add|prune|verify`: what is run first, and whether every file of it can be read. */
export function corpusCommand(parent: Command): void {
  const corpus = parent.command('corpus').description('pinned programs, known divergences and fixed seeds');
  corpus
    .command('list')
    .description('what the corpus holds')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => (await import('./corpus.ts')).list(options));
  corpus
    .command('add')
    .description('takes a program or a counterexample folder up; it must pass from then on, or get a mark')
    .argument('<file>', 'program file or counterexample folder')
    .requiredOption('--name <name>', 'what it shows, such as exit-code-is-lost')
    .action(async (file: string, options: { name: string }) =>
      (await import('./corpus.ts')).add(file, options),
    );
  corpus
    .command('prune')
    .description('deletes programs that another one holds step by step')
    .option('--dry-run', 'only names them', false)
    .action(async (options: { dryRun: boolean }) => (await import('./corpus.ts')).drop(options));
  corpus
    .command('verify')
    .description('reads every file of the corpus and checks that they fit together')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => (await import('./corpus.ts')).verify(options));
}
