import { isUtf8 } from 'node:buffer';
import { readFileSync, type Stats, statSync } from 'node:fs';
import type { z } from 'zod';
import { issuesOf } from './issues.ts';

/** A file that is not what it should be; the message names the file, the field and what would be right. */
export class FileError extends Error {
  override name = 'FileError';
}

/** What the contents of a file must be, and in a few words what such a file looks like or where one is found. */
export interface FileKind<T> {
  readonly schema: z.ZodType<T>;
  readonly hint?: string;
}

/** Reads a JSON file. @throws FileError when it is missing, no JSON, or does not fit the schema */
export const readJsonSync = <T>(file: string, kind: FileKind<T>): T =>
  parseJson(file, textOf(file, kind.hint), kind);

/** Does the same as a promise. */
export const readJson = async <T>(file: string, kind: FileKind<T>): Promise<T> => readJsonSync(file, kind);

/** Reads a text file. @throws FileError when it cannot be read */
export const readText = async (file: string, hint?: string): Promise<string> => textOf(file, hint);

/** The largest file that is read: a program, a report or a memory of many nights is far below it. */
const LIMIT_MIB = 32;

function textOf(file: string, hint?: string): string {
  try {
    const why = whyNotRead(statSync(file));
    if (why !== null) throw new Error(why);
    // Some editors begin a file with a byte order mark.
    const bytes = readFileSync(file);
    if (!isUtf8(bytes)) throw new Error('no UTF-8 text; what is not would be read as something else');
    return bytes.toString('utf8').replace(/^\uFEFF/u, '');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new FileError(withHint(`${file}: ${code === 'ENOENT' ? 'no such file' : message}`, hint));
  }
}

/** To open a pipe or a device may wait for ever, or take what somebody else is to read. */
function whyNotRead(found: Stats): string | null {
  if (found.isDirectory()) return 'a directory, no file';
  if (!found.isFile()) return 'a pipe, socket or device, no regular file';
  const { size } = found;
  return size > LIMIT_MIB * 2 ** 20 ? `${size} bytes; at most ${LIMIT_MIB} MiB are read` : null;
}

/** Gives the data of a file's text; `file` is for messages. @throws FileError as `readJson` does */
export function parseJson<T>(file: string, text: string, { schema, hint }: FileKind<T>): T {
  const parsed = schema.safeParse(jsonOf(file, text));
  if (parsed.success) return parsed.data;
  const issues = issuesOf(parsed.error).map(
    ({ path, message }) => `${path.join('.') || 'the whole file'}: ${message}`,
  );
  throw new FileError(withHint(`${file}: ${issues.join('; ')}`, hint));
}

/** Gives the value of a JSON text; `file` is for messages. @throws FileError when it is no JSON */
export function jsonOf(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FileError(`${file}: not JSON: ${(error as Error).message}`);
  }
}

const withHint = (text: string, hint?: string): string => (hint ? `${text}; ${hint}` : text);
