import { CommanderError } from 'commander';
import { visible } from '../../domain/visible.ts';
import { withoutKeys } from '../../files/secret.ts';
import { errorText, exit, exitCodeOfError } from './errors.ts';
import { program } from './program.ts';

/** Runs a command line and sets the process's exit code; the process ends when nothing is left to do. */
export async function main(argv: readonly string[]): Promise<void> {
  // Instead of the arguments, in a process list: a key may be one of them.
  if (argv.some((word) => word.startsWith('--api-key'))) process.title = 'boxcheck';
  const done = (code: number): void => {
    process.exitCode = code;
  };
  // Neither a reader that goes away (`| head`) nor a full disk must keep a run from removing its boxes and writing its
  // report. What could not be told is not fine, unless nobody wanted to hear it.
  let mute = false;
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      if (code === 'EPIPE' || mute) return;
      mute = true;
      process.stderr.write(`boxcheck: its output cannot be written: ${message}\n`);
    });
  process.on('exit', (code) => {
    if (mute && code === exit.fine) done(exit.infrastructure);
  });
  try {
    await program(done).parseAsync([...argv]);
  } catch (error) {
    if (error instanceof CommanderError) return done(error.exitCode === 0 ? exit.fine : exit.usage);
    process.stderr.write(`${visible(withoutKeys(errorText(error, process.env.BOXCHECK_DEBUG === '1')))}\n`);
    done(exitCodeOfError(error));
  }
}
