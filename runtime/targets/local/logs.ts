import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join, relative } from 'node:path';
import { entriesOf, logsBelow } from '../../machine/tree.ts';
import type { LocalRuntime } from './local-runtime.ts';

/** The end of each log is what matters, and a report must stay readable. */
const FILE_LIMIT_BYTES = 256 * 1024;
const MAX_FILES = 40;

/** What the server printed and the homes' log files that changed since, by name. */
export function logsOf(localRuntime: LocalRuntime, sinceMs: number): Record<string, string> {
  const servers = [...localRuntime.ended, ...(localRuntime.serve ? [localRuntime.serve] : [])];
  const printed = servers.map((serve) => [`serve-${serve.pid}.log`, serve.logSince(sinceMs)]);
  const files = [localRuntime.homes.server, localRuntime.homes.local].flatMap((home) => logFiles(home));
  const read = files
    .slice(0, MAX_FILES)
    .map((file) => [relative(localRuntime.root, file), tailSince(file, sinceMs)]);
  return Object.fromEntries([...printed, ...read].filter(([, text]) => text !== ''));
}

function logFiles(home: string): string[] {
  const boxes = join(home, 'boxes');
  return [...logsBelow(home), ...entriesOf(boxes).flatMap((id) => logsBelow(join(boxes, id)))];
}

/** The end of a file; empty when it has not changed since, or is gone. */
function tailSince(file: string, sinceMs: number): string {
  try {
    const fd = openSync(file, 'r');
    try {
      const { size, mtimeMs } = fstatSync(fd);
      if (mtimeMs < sinceMs) return '';
      const buffer = Buffer.alloc(Math.min(size, FILE_LIMIT_BYTES));
      const taken = readSync(fd, buffer, 0, buffer.length, size - buffer.length);
      return buffer.subarray(0, taken).toString('utf8');
    } finally {
      closeSync(fd);
    }
  } catch {
    return '';
  }
}
