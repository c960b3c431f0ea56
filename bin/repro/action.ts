import { exitCodeOf } from '../../report/run-record.ts';
import { expectedSignature, readProgramFile } from '../options/program-file.ts';
import { inRun } from '../session/in-run.ts';
import type { ReproOptions } from './command.ts';

/** Replays the programs of files and folders; exit code 1 when any of them failed. */
export async function repro(files: readonly string[], options: ReproOptions): Promise<number> {
  const programs = await Promise.all(
    files.map(async (file) => ({
      file,
      program: await readProgramFile(file),
      signature: await expectedSignature(file),
    })),
  );
  const { reproRun } = await import('./run.ts');
  return inRun('repro', options, async (invocation) =>
    exitCodeOf(await reproRun(invocation, programs, options)),
  );
}
