import type { Command } from 'commander';

/** `boxcheck coverage RUN…`: what runs have executed, per command, surface and state. */
export function coverageCommand(parent: Command, done: (code: number) => void): void {
  parent
    .command('coverage')
    .description('the table per command, surface and state of one run or of several together')
    .argument('<run...>', 'run directories, such as .boxcheck/runs/…; all of one target and one version')
    .option('--json', 'the added rows as JSON')
    .option('--complete', 'exit 1 when a command was never executed on a surface it exists on', false)
    .action(async (dirs: string[], options: { json?: boolean; complete: boolean }) =>
      done(await (await import('./coverage.ts')).coverage(dirs, options)),
    );
}
