import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { FileError, readJson } from '../../files/json.ts';
import type { Program } from '../../program/program.ts';
import { readProgram } from '../../program/program-file.ts';

/**
 * The program of a file, or of a counterexample's folder.
 * @throws FileError that names the file, the step or the field
 */
export async function readProgramFile(path: string): Promise<Program> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'no such file or folder' : error.message;
    throw new FileError(`${path}: ${why}; give a program file or a counterexample folder`);
  });
  return readProgram(found.isDirectory() ? join(path, 'program.json') : path);
}

const schema = z.object({ signature: z.object({ key: z.string() }) });

/** Signature of the failure a counterexample's folder is about; null for a mere program file. */
export async function expectedSignature(path: string): Promise<string | null> {
  const folder = await stat(join(path, 'failure.json')).catch(() => null);
  if (folder === null) return null;
  return (await readJson(join(path, 'failure.json'), { schema })).signature.key;
}
