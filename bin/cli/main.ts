import { Command, CommanderError } from 'commander';
import { boxcheckVersion } from '../../report/environment.ts';
import { corpusCommand } from '../corpus/command.ts';
import { coverageCommand } from '../coverage/command.ts';
import { diffCommand } from '../diff/command.ts';
import { fuzzCommand } from '../fuzz/command.ts';
import { reproCommand } from '../repro/command.ts';
import { smokeCommand } from '../smoke/command.ts';
import { doctorCommand } from './doctor.ts';
import { errorText, exit, exitCodeOfError } from './errors.ts';
import { labCommand } from './lab.ts';

/** Runs a command line and sets the process's exit code; the process ends when nothing is left to do. */
export async function main(argv: readonly string[]): Promise<void> {
  // A reader that goes away (`| head`) must not keep a run from removing its boxes and writing its report.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe);
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

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/**
 * The whole command line; `done` is told the exit code of what was run, `complain` what is wrong with the
 * command line.
 */
export function program(
  done: (code: number) => void,
  complain: (text: string) => void = (text) => process.stderr.write(text),
): Command {
  const root = new Command('boxcheck')
    .description(
      'Model-based property testing of BoxLite. Without --target the best real runtime here is tested.',
    )
    .version(boxcheckVersion(), '-V')
    .configureOutput({ writeErr: complain })
    .exitOverride();
  smokeCommand(root, done);
  fuzzCommand(root, done);
  reproCommand(root, done);
  diffCommand(root, done);
  doctorCommand(root, done);
  labCommand(root, done);
  corpusCommand(root);
  coverageCommand(root, done);
  return root;
}
