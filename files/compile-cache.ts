import { lstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes the directory of V8's compile cache below boxcheck's own: in the shared temporary one another user could
 * prepare what is run. Null where it cannot be made or is open to others; everything starts more slowly then.
 */
export function compileCache(cacheDir: string): string | null {
  const cache = join(cacheDir, 'compile');
  try {
    mkdirSync(cache, { recursive: true, mode: 0o700 });
    const found = lstatSync(cache);
    const isOwn = found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o077) === 0;
    return isOwn ? cache : null;
  } catch {
    return null;
  }
}
