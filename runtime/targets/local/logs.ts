import { join, relative } from 'node:path';
import { tailOf } from '../../../files/tail.ts';
import { entriesOf, logsBelow } from '../../../machine/tree.ts';
import type { LocalRuntime } from './local-runtime.ts';

/** The end of each log is what matters, and a report must stay readable. */
const FILE_LIMIT_BYTES = 256 * 1024;
const MAX_FILES = 40;

/** Gives what the server printed and the homes' log files that changed since (ms since epoch), by name. */
export async function logsOf(runtime: LocalRuntime, sinceMs: number): Promise<Record<string, string>> {
  const servers = [...runtime.ended, ...(runtime.serve ? [runtime.serve] : [])];
  const printed = servers.map((serve) => [`serve-${serve.pid}.log`, serve.logSince(sinceMs)]);
  const files = [runtime.homes.server, runtime.homes.local].flatMap(logFiles).slice(0, MAX_FILES);
  const read = await Promise.all(
    files.map(async (file) => [
      relative(runtime.root, file),
      await tailOf(file, FILE_LIMIT_BYTES, sinceMs).catch(() => ''),
    ]),
  );
  return Object.fromEntries([...printed, ...read].filter(([, text]) => text !== ''));
}

function logFiles(home: string): string[] {
  const boxes = join(home, 'boxes');
  return [...logsBelow(home), ...entriesOf(boxes).flatMap((id) => logsBelow(join(boxes, id)))];
}
