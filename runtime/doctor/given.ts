import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { which } from '../../machine/which.ts';
import type { Launch } from '../drivers/launch.ts';
import { readable } from '../normal-form/broken.ts';
import type { Session } from '../ports/session.ts';
import type { TargetOptions } from '../ports/target.ts';

/**
 * Gives the absolute path of the `boxlite` to use: the one given by `--boxlite`, else the first on PATH.
 * @throws when there is none; the message says what to give.
 */
export function findBoxlite(given: string | undefined): string {
  const file = which(given === undefined ? 'boxlite' : resolve(given));
  if (file !== null) return file;
  throw new Error(
    given === undefined
      ? 'no boxlite on PATH: install BoxLite, or give its binary with --boxlite FILE'
      : `--boxlite ${given}: no executable file there; give the path of a boxlite binary`,
  );
}

/** A version is printed at once; a slow disk may have to load a binary of 100 MB first. */
const VERSION_MS = 20_000;

/**
 * Asks a binary for its version: the `0.10.7` of `boxlite 0.10.7`.
 * @throws when it cannot be started, or is no boxlite; the message names the file.
 */
export async function askVersion(launch: Launch, file: string): Promise<string> {
  const answer = await launch(['--version'], { timeoutMs: VERSION_MS });
  const line = readable(answer.out).trim();
  const version = /^boxlite (\d+\.\d+\.\d+\S*)$/.exec(line)?.[1];
  if (version !== undefined && answer.exit === 0) return version;
  const said = answer.timedOut ? `nothing within ${VERSION_MS} ms` : JSON.stringify(line.slice(0, 80));
  throw new Error(
    `${file} is no boxlite: '--version' should print 'boxlite X.Y.Z', it printed ${said} (exit ${answer.exit})`,
  );
}

const DEFAULT_IMAGE = 'alpine:latest';

/**
 * Says what boxes are made from: the OCI layout directory of `--rootfs`, else the image of `--image`.
 * @throws when the directory is none.
 */
export function imageOf(options: TargetOptions): Session['image'] {
  if (options.rootfs === undefined) return { image: options.image ?? DEFAULT_IMAGE };
  // Nobody can look into a directory of a server elsewhere.
  if (options.url !== undefined && options.home === undefined) return { rootfs: options.rootfs };
  const rootfs = resolve(options.rootfs);
  if (existsSync(join(rootfs, 'oci-layout'))) return { rootfs };
  throw new Error(
    `--rootfs ${options.rootfs}: no OCI image layout there (a directory with a file oci-layout)`,
  );
}
