import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the kernel takes as a socket's path is 108 bytes; some systems have 104. */
const longest = 100;

/** Where the daemon of a home listens: in the home, so that it goes with it, unless the path is too long for that. */
export function socketPath(home: string): string {
  const path = join(realpathSync(home), '.vm.sock');
  if (Buffer.byteLength(path) <= longest) return path;
  // Loaded only here: every call of the CLI comes by, hardly any home is so deep.
  const { createHash } = process.getBuiltinModule('node:crypto');
  const hash = createHash('sha256').update(path).digest('hex').slice(0, 16);
  return join(tmpdir(), `boxlite-ref-${hash}.sock`);
}
