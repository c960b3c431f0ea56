import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { TargetOptions } from '../ports/options.ts';
import type { Session } from '../ports/session.ts';

const DEFAULT_IMAGE = 'alpine:latest';

/**
 * Says what boxes are made from: the OCI layout directory of `--rootfs`, else the image of `--image`.
 * @throws when the directory is none.
 */
export function imageOf(options: Pick<TargetOptions, 'image' | 'rootfs'>): Session['image'] {
  if (options.rootfs === undefined) return { image: options.image ?? DEFAULT_IMAGE };
  const rootfs = resolve(options.rootfs);
  if (existsSync(join(rootfs, 'oci-layout'))) return { rootfs };
  throw new Error(
    `--rootfs ${options.rootfs}: no OCI image layout there (a directory with a file oci-layout)`,
  );
}
