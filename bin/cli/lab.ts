import type { Command } from 'commander';
import { type Globals, targetOptions, withGlobals } from '../options/globals.ts';
import { newOutput } from '../terminal/output.ts';
import { exit } from './errors.ts';

const verbs = {
  build: 'makes everything the lab needs; once, takes a while',
  up: 'starts the lab; it stays up until `lab down`',
  status: 'says what is built and what is up; exit 3 when no lab is up',
  logs: 'the ends of its console and server log',
  down: 'ends the lab',
} as const;

type LabVerb = keyof typeof verbs;

/** `boxcheck lab build|up|status|logs|down`: the virtual machine for hosts without hardware virtualization. */
export function labCommand(parent: Command, done: (code: number) => void): void {
  const lab = parent
    .command('lab')
    .description('the machine in which the real BoxLite runs where the host has no usable KVM');
  for (const [verb, what] of Object.entries(verbs) as [LabVerb, string][]) {
    withGlobals(lab.command(verb))
      .description(what)
      .action(async (options: Globals) => {
        done(await perform(verb, options));
      });
  }
}

async function perform(verb: LabVerb, globals: Globals): Promise<number> {
  const lab = await import('../../lab/index.ts');
  const { log } = newOutput(globals.json ?? false);
  const options = targetOptions(globals);
  switch (verb) {
    case 'build':
      await lab.buildLab(options, log);
      return exit.fine;
    case 'up':
      await lab.upLab(options, log);
      return exit.fine;
    case 'status':
      return (await lab.labStatus(options, log)) ? exit.fine : exit.infrastructure;
    case 'logs':
      await lab.labLogs(options, log);
      return exit.fine;
    case 'down':
      await lab.downLab(options, log);
      return exit.fine;
  }
}
