import { Command, CommanderError } from 'commander';
import { corpusCommand } from './corpus.ts';
import { doctorCommand } from './doctor.ts';
import { errorText, exit, exitCodeOfError } from './errors.ts';
import { fuzzCommand } from './fuzz.ts';
import { labCommand } from './lab.ts';
import { reproCommand } from './repro.ts';
import { smokeCommand } from './smoke.ts';
import { boxcheckVersion } from '../report/environment.ts';

/** Runs a command line and sets the process's exit code; the process ends when nothing is left to do. */
export async function main(argv: readonly string[]): Promise<void> {
  try {
    await program((code) => {
      process.exitCode = code;
    }).parseAsync([...argv]);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? exit.fine : exit.usage;
      return;
    }
    process.stderr.write(`${errorText(error, process.env.BOXCHECK_DEBUG === '1')}\n`);
    process.exitCode = exitCodeOfError(error);
  }
}

/** The whole command line; `done` is told the exit code of what was run. */
export function program(done: (code: number) => void): Command {
  const root = new Command('boxcheck')
    .description('Model-based property testing of BoxLite. Without --target the best real runtime here is tested.')
    .version(boxcheckVersion(), '-V')
    .exitOverride();
  smokeCommand(root, done);
  fuzzCommand(root, done);
  reproCommand(root, done);
  doctorCommand(root, done);
  labCommand(root, done);
  corpusCommand(root);
  return root;
}
