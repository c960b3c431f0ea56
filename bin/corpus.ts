import type { Command } from 'commander';

/** `boxcheck corpus list|verify`: what is replayed first, and whether every file of it can be read. */
export function corpusCommand(parent: Command): void {
  const corpus = parent.command('corpus').description('pinned programs, known divergences and fixed seeds');
  corpus
    .command('list')
    .description('what the corpus holds')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => (await import('./corpus-action.ts')).list(options));
  corpus
    .command('verify')
    .description('reads every file of the corpus and checks that they fit together')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => (await import('./corpus-action.ts')).verify(options));
}
