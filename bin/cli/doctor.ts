import type { Command } from 'commander';
import pc from 'picocolors';
import { boxcheckVersion } from '../../report/environment.ts';
import { type Globals, targetOptions, withGlobals } from '../options/globals.ts';
import { newOutput } from '../terminal/output.ts';
import { exit } from './errors.ts';

/** `boxcheck doctor`: which targets can run here, and what the others lack. Exit 3 when no real one can. */
export function doctorCommand(parent: Command, done: (code: number) => void): void {
  withGlobals(parent.command('doctor'))
    .description('says which targets can run on this machine and what the others lack')
    .action(async (options: Globals) => {
      const { diagnose } = await import('../../runtime/doctor/doctor.ts');
      const output = newOutput(options.json ?? false);
      const found = await diagnose(targetOptions(options));
      const real = found.some(({ target, runnable }) => runnable && target !== 'reference');
      done(real ? exit.fine : exit.infrastructure);
      if (output.json)
        return output.data({ boxcheck: boxcheckVersion(), node: process.version, targets: found });
      output.log(`boxcheck ${boxcheckVersion()}, node ${process.version}`);
      for (const { target, runnable, reasons } of found) {
        output.log(`${runnable ? pc.green('can run   ') : pc.red('cannot run')} ${target}`);
        for (const reason of reasons) output.log(`             ${reason}`);
      }
      if (!real)
        output.log('No real BoxLite can be tested here; the reference runtime says nothing about BoxLite.');
    });
}
