import { CommanderError } from 'commander';
import { visible } from '../../domain/visible.ts';
import { errorText, exit, exitCodeOfError } from './errors.ts';
import { program } from './program.ts';

/** Runs a command line and sets the process's exit code; the process ends when nothing is left to do. */
export async function main(argv: readonly string[]): Promise<void> {
  // A reader that goes away (`| head`) must not keep a run from removing its boxes and writing its report.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe);
  const done = (code: number): void => {
    process.exitCode = code;
  };
  try {
    await program(done).parseAsync([...argv]);
  } catch (error) {
    if (error instanceof CommanderError) return done(error.exitCode === 0 ? exit.fine : exit.usage);
    process.stderr.write(`${visible(errorText(error, process.env.BOXCHECK_DEBUG === '1'))}\n`);
    done(exitCodeOfError(error));
  }
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
