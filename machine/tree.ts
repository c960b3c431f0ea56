import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Directories that hold many files and no trace of a box. */
const SKIPPED = new Set(['images', 'boxes', 'proc', 'node_modules']);
/** A home is shallow; what is deeper or more belongs to somebody's disk image. */
const MAX_DEPTH = 4;
const MAX_ENTRIES = 5_000;

/** Names directly in a directory, or none where it does not exist. */
export const entriesOf = (dir: string): string[] => listing(dir).map((entry) => entry.name);

/** Gives the unix sockets below a home, outside of its boxes and images. */
export const socketsBelow = (home: string): string[] => walk(home, (entry) => entry.isSocket());

/** Gives the log files below a directory, outside of boxes and images. */
export const logsBelow = (dir: string): string[] =>
  walk(dir, (entry) => entry.isFile() && /\.log(\.|$)/.test(entry.name));

function walk(root: string, wanted: (entry: Dirent) => boolean): string[] {
  const found: string[] = [];
  let left = MAX_ENTRIES;
  const visit = (dir: string, depth: number) => {
    for (const entry of listing(dir)) {
      left -= 1;
      if (left < 0) return;
      if (wanted(entry)) found.push(join(dir, entry.name));
      else if (entry.isDirectory() && depth < MAX_DEPTH && !SKIPPED.has(entry.name))
        visit(join(dir, entry.name), depth + 1);
    }
  };
  visit(root, 1);
  return found;
}

function listing(dir: string): Dirent[] {
  try {
    return readdirSync(dir, { withFileTypes: true });
  } catch {
    return [];
  }
}
