import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes a placeholder image directory: the outside of an OCI layout. The reference guest brings its own root
 * file system, so nothing more is needed than what a runtime checks before it boots.
 * @returns the directory, for `--rootfs`.
 */
export function makeRootfs(dir: string): string {
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}\n');
  writeFileSync(join(dir, 'index.json'), '{"schemaVersion":2,"manifests":[]}\n');
  return dir;
}
