import type { Command } from 'commander';
import { type Globals, targetOptions, withGlobals } from '../options/globals.ts';
import { newOutput } from '../terminal/output.ts';
import { exit } from './errors.ts';

const verbs = {
  build: ['buildLab', 'makes everything the lab needs; once, takes a while'],
  up: ['upLab', 'starts the lab; it stays up until `lab down`'],
  status: ['labStatus', 'says what is built and what is up; exit 3 when no lab is up'],
  logs: ['labLogs', 'the ends of its console and server log'],
  down: ['downLab', 'ends the lab'],
} as const;

/** `boxcheck lab build|up|status|logs|down`: the virtual machine for hosts without hardware virtualization. */
export function labCommand(parent: Command, done: (code: number) => void): void {
  const command = parent
    .command('lab')
    .description('the machine in which the real BoxLite runs where the host has no usable KVM');
  for (const [verb, [perform, what]] of Object.entries(verbs)) {
    withGlobals(command.command(verb))
      .description(what)
      .action(async (globals: Globals) => {
        const lab = await import('../../lab/index.ts');
        const well = await lab[perform](targetOptions(globals), newOutput(globals.json ?? false).log);
        done(well === false ? exit.infrastructure : exit.fine);
      });
  }
}
