import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeRootfs } from '../../../reference/index.ts';

/** A fresh home with a placeholder image beside it, gone again with `using`. */
export function scratchHome() {
  const dir = mkdtempSync(join(tmpdir(), 'bxr-'));
  return {
    dir,
    home: join(dir, 'h'),
    rootfs: makeRootfs(join(dir, 'i')),
    [Symbol.dispose]: () => rmSync(dir, { recursive: true, force: true }),
  };
}
