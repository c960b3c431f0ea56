import { readFile } from 'node:fs/promises';
import { quote } from '../../domain/quote.ts';
import { call } from '../call.ts';
import { guestFile } from '../guest-files.ts';
import type { LabPaths } from '../paths.ts';
import { asRoot } from './as-root.ts';
import type { Step } from './step.ts';

const SUITE = 'bookworm';
const PACKAGES = ['kmod', 'iproute2', 'procps', 'util-linux', 'e2fsprogs', 'openssh-server'];
const EXCLUDED = ['/usr/share/doc/*', '/usr/share/man/*', '/usr/share/locale/*'];

/** Sparse: what a run writes goes to an overlay that dies with it. */
const DISK_SIZE = '16G';

/** Makes the guest's Debian and its kernel as one tar; versions of BoxLite play no part in it. */
export async function rootStep(paths: LabPaths): Promise<Step> {
  const customize = guestFile('customize.sh');
  return {
    name: 'Debian root and kernel',
    output: paths.rootTar,
    inputs: { suite: SUITE, packages: PACKAGES.join(' '), customize: await readFile(customize, 'utf8') },
    make: async (temp) => {
      const argv = [
        'mmdebstrap',
        '--quiet',
        '--variant=minbase',
        '--format=tar',
        `--include=${PACKAGES.join(',')}`,
        ...EXCLUDED.map((glob) => `--dpkgopt=path-exclude=${glob}`),
        `--customize-hook=${quote(customize)} "$1"`,
        SUITE,
        temp,
      ];
      await call(argv, { timeoutMs: 900_000 });
    },
  };
}

/** Makes the root disk: a filesystem straight from the tar, without mounting anything. */
export function diskStep(paths: LabPaths, rootStamp: string): Step {
  return {
    name: 'root disk',
    output: paths.disk,
    inputs: { root: rootStamp, size: DISK_SIZE, layout: '1' },
    make: async (temp) => {
      const script = `
        tree=$1.tree
        trap 'rm -rf "$tree"' EXIT
        mkdir "$tree"
        tar -xpf "$2" -C "$tree"
        mke2fs -q -t ext4 -O ^has_journal -m 0 -L boxcheck -d "$tree" "$1" "$3"`;
      await call(asRoot(['sh', '-euc', script, 'disk', temp, paths.rootTar, DISK_SIZE]), {
        timeoutMs: 300_000,
      });
    },
  };
}
