import { copyFile, cp, mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { quote } from '../../domain/quote.ts';
import { call } from '../call.ts';
import { guestFile, type LabPaths } from '../paths.ts';
import { busyboxPath } from './busybox.ts';
import { digestOf, readStamp, type Step } from './step.ts';

const SUITE = 'bookworm';
const PACKAGES = ['kmod', 'iproute2', 'procps', 'util-linux', 'e2fsprogs', 'openssh-server'];
const EXCLUDED = ['/usr/share/doc/*', '/usr/share/man/*', '/usr/share/locale/*'];

/** Sparse: what a run writes goes to an overlay that dies with it. */
const DISK_SIZE = '16G';

/**
 * Makes two key pairs nobody else has: who may log in, and who the guest is (so that it need not make its own,
 * slowly).
 */
export function keysStep(paths: LabPaths): Step {
  return {
    name: 'ssh keys',
    output: paths.keys,
    inputs: { layout: '1' },
    make: async (temp) => {
      await mkdir(temp, { mode: 0o700 });
      for (const name of ['client', 'host']) {
        const what = ['-q', '-t', 'ed25519', '-N', '', '-C', `boxcheck-lab-${name}`, '-f', join(temp, name)];
        await call(['ssh-keygen', ...what], { timeoutMs: 30_000 });
      }
    },
  };
}

/** Makes the guest's Debian and its kernel as one tar; versions of BoxLite play no part in it. */
export async function rootStep(paths: LabPaths): Promise<Step> {
  const customize = guestFile('customize.sh');
  return {
    name: 'Debian root and kernel',
    output: paths.rootTar,
    inputs: { suite: SUITE, packages: PACKAGES.join(' '), customize: await readFile(customize, 'utf8') },
    make: async (temp) => {
      const argv = [
        ...['mmdebstrap', '--quiet', '--variant=minbase', '--format=tar'],
        `--include=${PACKAGES.join(',')}`,
        ...EXCLUDED.map((glob) => `--dpkgopt=path-exclude=${glob}`),
        `--customize-hook=${quote(customize)} "$1"`,
        ...[SUITE, temp],
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
      await asRoot(script, [temp, paths.rootTar, DISK_SIZE], 300_000);
    },
  };
}

/** Names on the payload disk, and the files here that they are. All of them are programs but the last two. */
const PAYLOAD_FILES: Readonly<Record<string, string>> = {
  init: 'init.sh',
  announce: 'announce.sh',
  holder: 'holder.pl',
  serve: 'serve.sh',
  launch: 'launch.pl',
  baseline: 'baseline.pl',
  logs: 'logs.pl',
  reset: 'reset.sh',
  inittab: 'inittab',
  sshd_config: 'sshd_config',
};

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
      image: (await readStamp(paths.busybox))?.digest ?? '',
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
        await asRoot(script, [temp, tree, `${sizeMiB}M`], 120_000);
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

/**
 * Runs a script under which files keep the owners a root filesystem needs: as it is for root, for anybody else in a
 * user namespace (needs a range in /etc/subuid, as mmdebstrap does).
 */
async function asRoot(script: string, args: string[], timeoutMs: number): Promise<void> {
  const namespace = process.getuid?.() ? ['unshare', '--map-root-user', '--map-auto', '--'] : [];
  await call([...namespace, 'sh', '-euc', script, 'disk', ...args], { timeoutMs });
}
