import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How the reference runtime's executable is started; `args` come before the verb. */
export const referenceCommand = (): { file: string; args: string[] } => ({
  file: process.execPath,
  args: [fileURLToPath(new URL('boxlite.js', import.meta.url))],
});

/** The module of a process that serves calls of the executable one after the other; it is forked and told over IPC. */
export const residentFile = (): string => fileURLToPath(new URL('cli/resident.ts', import.meta.url));

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
