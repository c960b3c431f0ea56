import { FileError } from '../../files/json.ts';

/** The command line or a file is wrong: exit 2. The message names the flag, file or field and what would be right. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Exit codes of boxcheck. */
export const exit = { fine: 0, failed: 1, usage: 2, infrastructure: 3, interrupted: 130 } as const;

/** Exit code for something thrown. Whatever is not a mistake of the user's is the machine's. */
export const exitCodeOfError = (error: unknown): number =>
  error instanceof UsageError || error instanceof FileError ? exit.usage : exit.infrastructure;

/** An error as one line; with BOXCHECK_DEBUG=1 with its stack. */
export function errorText(error: unknown, debug: boolean): string {
  if (!(error instanceof Error)) return `boxcheck: ${String(error)}`;
  if (debug) return `boxcheck: ${error.stack ?? error.message}`;
  return `boxcheck: ${error.message.trim().replaceAll(/\s*\n\s*/gu, '; ')}`;
}
