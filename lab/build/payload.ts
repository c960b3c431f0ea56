import { copyFile, cp, mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { call } from '../call.ts';
import { guestFile, PAYLOAD_FILES } from '../guest-files.ts';
import type { LabPaths } from '../paths.ts';
import { asRoot } from './as-root.ts';
import { busyboxPath } from './boot.ts';
import { digestOf, readStamp } from './stamp.ts';
import type { Step } from './step.ts';

/** Room for everything beside the binary. */
const EXTRA_BYTES = 64 * 1024 ** 2;

/** Makes the guest's second disk, read-only: one version of BoxLite, the image for boxes, keys and scripts. */
export async function payloadStep(version: string, binary: string, paths: LabPaths): Promise<Step> {
  const scripts = Object.values(PAYLOAD_FILES).map(guestFile);
  return {
    name: `payload disk with boxlite ${version}`,
    output: paths.payload(version),
    inputs: {
      binary: await digestOf(binary),
      scripts: await digestOf(...scripts, busyboxPath()),
      image: (await readStamp(paths.busybox)) ?? '',
      keys: await digestOf(join(paths.keys, 'client.pub'), join(paths.keys, 'host')),
      layout: '2',
    },
    make: async (temp) => {
      const tree = `${temp}.tree`;
      try {
        await fillTree(tree, binary, paths);
        const sizeMiB = Math.ceil(((await stat(binary)).size + EXTRA_BYTES) / 1024 ** 2);
        const script =
          'chown -R 0:0 "$2" && mke2fs -q -t ext4 -O ^has_journal -m 0 -L payload -d "$2" "$1" "$3"';
        await call(asRoot(['sh', '-euc', script, 'payload', temp, tree, `${sizeMiB}M`]), {
          timeoutMs: 120_000,
        });
      } finally {
        await rm(tree, { recursive: true, force: true });
      }
    },
  };
}

async function fillTree(tree: string, binary: string, paths: LabPaths): Promise<void> {
  await mkdir(join(tree, 'bin'), { recursive: true });
  await copyFile(binary, join(tree, 'bin', 'boxlite'));
  await copyFile(busyboxPath(), join(tree, 'busybox'));
  await cp(paths.busybox, join(tree, 'rootfs'), { recursive: true });
  for (const [name, file] of Object.entries(PAYLOAD_FILES)) await copyFile(guestFile(file), join(tree, name));
  await copyFile(join(paths.keys, 'client.pub'), join(tree, 'authorized_keys'));
  await copyFile(join(paths.keys, 'host'), join(tree, 'host_key'));
}
