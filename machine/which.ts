import { accessSync, constants } from 'node:fs';
import { delimiter, resolve } from 'node:path';

/** Directories that a user's PATH often lacks. */
const SYSTEM_DIRS = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/bin', '/bin'];

/** Gives the full path of a program that is on the PATH, in the system's directories, or named by its path; else null. */
export function which(program: string, path: string = process.env.PATH ?? ''): string | null {
  const dirs = [...path.split(delimiter), ...SYSTEM_DIRS].filter(Boolean);
  return dirs.map((dir) => resolve(dir, program)).find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
