import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BoxSpec, ImageSource } from './box.ts';
import { imageFault, invalidArgument } from './fault.ts';

/** The images this runtime can "pull"; any other name is unknown to its registry. */
const knownImages = new Set(['alpine', 'alpine:latest', 'busybox', 'busybox:latest']);

/**
 * Checks what a boot needs on the host: image, rootfs, mount sources. Asked at every boot, not at create,
 * where nothing is pulled yet (contract 2.3).
 * @throws Fault image (unknown image) or invalid-argument (rootfs, mount source).
 */
export function checkBootable(spec: BoxSpec): void {
  checkSource(spec.source);
  for (const mount of spec.mounts)
    if (!existsSync(mount.source)) throw invalidArgument(`volume source ${mount.source} does not exist`);
}

function checkSource(source: ImageSource): void {
  if ('image' in source) {
    if (knownImages.has(source.image)) return;
    throw imageFault(`failed to pull ${source.image}: manifest unknown: not found in any registry`);
  }
  if (!existsSync(source.rootfs)) throw invalidArgument(`rootfs path ${source.rootfs} does not exist`);
  if (existsSync(join(source.rootfs, 'oci-layout'))) return;
  throw invalidArgument(`rootfs path ${source.rootfs} is no OCI image layout: it has no oci-layout file`);
}
