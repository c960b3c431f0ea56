import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Program } from '../../program/program.ts';
import { ProgramFileError, readProgram } from '../../program/program-file.ts';
import { UsageError } from '../cli/errors.ts';

/**
 * The program of a file, or of a counterexample's folder.
 * @throws UsageError that names the file, the step or the field
 */
export async function readProgramFile(path: string): Promise<Program> {
  const file = await fileOf(path);
  try {
    return await readProgram(file);
  } catch (error) {
    if (error instanceof ProgramFileError) throw new UsageError(error.message);
    throw error;
  }
}

/** Signature of the failure a counterexample's folder is about; null for a mere program file. */
export async function expectedSignature(path: string): Promise<string | null> {
  const text = await readFile(join(path, 'failure.json'), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    const { signature } = JSON.parse(text) as { signature?: { key?: unknown } };
    return typeof signature?.key === 'string' ? signature.key : null;
  } catch (error) {
    throw new UsageError(`${join(path, 'failure.json')}: not JSON: ${(error as Error).message}`);
  }
}

async function fileOf(path: string): Promise<string> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'no such file or folder' : error.message;
    throw new UsageError(`${path}: ${why}; give a program file or a counterexample folder`);
  });
  return found.isDirectory() ? join(path, 'program.json') : path;
}
