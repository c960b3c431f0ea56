import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { quote } from '../../domain/quote.ts';
import { call, LabError } from '../call.ts';
import { guestFile, type LabPaths } from '../paths.ts';
import { busyboxPath } from './busybox.ts';
import { digestOf, readStamp, type Step } from './step.ts';

const SUITE = 'bookworm';
const PACKAGES = ['kmod', 'iproute2', 'procps', 'util-linux', 'e2fsprogs', 'openssh-server', 'python3'];
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
  pulse: 'pulse.pl',
  serve: 'serve.sh',
  launch: 'launch.pl',
  baseline: 'baseline.pl',
  logs: 'logs.pl',
  reset: 'reset.sh',
  inittab: 'inittab',
  sshd_config: 'sshd_config',
};

/** Room for the filesystem itself. */
const EXTRA_BYTES = 64 * 1024 ** 2;

/** Makes the guest's second disk, read-only: one version of BoxLite, the SDK if it was had, the image for boxes, keys, scripts. */
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
      sdk: (await readStamp(paths.sdk(version)))?.digest ?? '',
      layout: '3',
    },
    make: async (temp) => {
      const tree = `${temp}.tree`;
      try {
        await fillTree(tree, binary, paths, version);
        const sizeMiB = Math.ceil(((await sizeOf(tree)) + EXTRA_BYTES) / 1024 ** 2);
        const script =
          'chown -R 0:0 "$2" && mke2fs -q -t ext4 -O ^has_journal -m 0 -L payload -d "$2" "$1" "$3"';
        await asRoot(script, [temp, tree, `${sizeMiB}M`], 120_000);
      } finally {
        await rm(tree, { recursive: true, force: true });
      }
    },
  };
}

async function fillTree(tree: string, binary: string, paths: LabPaths, version: string): Promise<void> {
  await mkdir(join(tree, 'bin'), { recursive: true });
  await copyFile(binary, join(tree, 'bin', 'boxlite'));
  await copyFile(busyboxPath(), join(tree, 'busybox'));
  await cp(paths.busybox, join(tree, 'rootfs'), { recursive: true });
  if (existsSync(paths.sdk(version))) await cp(paths.sdk(version), join(tree, 'sdk'), { recursive: true });
  for (const [name, file] of Object.entries(PAYLOAD_FILES)) await copyFile(guestFile(file), join(tree, name));
  await copyFile(join(paths.keys, 'client.pub'), join(tree, 'authorized_keys'));
  await copyFile(join(paths.keys, 'host'), join(tree, 'host_key'));
}

/** Bytes of all files below a directory. */
async function sizeOf(tree: string): Promise<number> {
  const files = (await readdir(tree, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
  const sizes = await Promise.all(
    files.map(async (one) => (await stat(join(one.parentPath, one.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * Runs a script under which files keep the owners a root filesystem needs: as it is for root, for anybody else in a
 * user namespace (needs a range in /etc/subuid, as mmdebstrap does).
 */
async function asRoot(script: string, args: string[], timeoutMs: number): Promise<void> {
  const namespace = process.getuid?.() ? ['unshare', '--map-root-user', '--map-auto', '--'] : [];
  await call([...namespace, 'sh', '-euc', script, 'disk', ...args], { timeoutMs });
}

/** What it takes to see the disks. */
const EARLY_MODULES = ['virtio_pci', 'virtio_blk', 'ext4'];

/** Makes kernel and a tiny initramfs: busybox, the modules for the disks, one script. */
export async function bootStep(paths: LabPaths, rootStamp: string): Promise<Step> {
  const init = guestFile('initramfs-init.sh');
  const busybox = busyboxPath();
  return {
    name: 'kernel and initramfs',
    output: paths.boot,
    inputs: { root: rootStamp, modules: EARLY_MODULES.join(' '), files: await digestOf(init, busybox) },
    make: async (temp) => {
      const tree = join(temp, 'root');
      const ram = join(temp, 'ram');
      for (const dir of [tree, join(ram, 'bin'), join(ram, 'modules')]) await mkdir(dir, { recursive: true });
      const wanted = ['./boot/vmlinuz', './usr/lib/modules'];
      await call(['tar', '-xf', paths.rootTar, '-C', tree, ...wanted], { timeoutMs: 120_000 });
      await copyFile(busybox, join(ram, 'bin/busybox'));
      await copyFile(init, join(ram, 'init'));
      const release = await putModules(join(tree, 'usr/lib/modules'), join(ram, 'modules'));
      await writeFile(join(temp, 'release'), release);
      await rename(join(tree, 'boot/vmlinuz'), join(temp, 'vmlinuz'));
      const script = 'cd "$1" && find . | cpio --quiet -o -H newc -R 0:0 >"$2"';
      await call(['sh', '-euc', script, 'pack', ram, join(temp, 'initramfs')], { timeoutMs: 60_000 });
      for (const dir of [tree, ram]) await rm(dir, { recursive: true });
    },
  };
}

/** Copies the early modules with what they depend on; gives the kernel's release. */
async function putModules(from: string, to: string): Promise<string> {
  const [release, ...more] = await readdir(from);
  if (release === undefined || more.length > 0)
    throw new LabError(`${from}: expected the modules of one kernel, found ${release ? 1 + more.length : 0}`);
  const dep = await readFile(join(from, release, 'modules.dep'), 'utf8');
  const builtin = await readFile(join(from, release, 'modules.builtin'), 'utf8');
  const order = loadOrder(dep, builtin, EARLY_MODULES);
  for (const file of order) await copyFile(join(from, release, file), join(to, basename(file)));
  await writeFile(join(to, 'order'), order.map((file) => `${basename(file)}\n`).join(''));
  return release;
}

const nameOf = (file: string) =>
  basename(file)
    .replace(/\.ko.*$/, '')
    .replaceAll('-', '_');

/**
 * Gives the files to load, in order, for the wanted modules and all they depend on.
 * @param dep `modules.dep`: `file: files it needs`, the ones to be loaded first last
 * @param builtin `modules.builtin`: files that are part of the kernel already
 * @throws LabError for a module the kernel does not have
 */
export function loadOrder(dep: string, builtin: string, wanted: readonly string[]): string[] {
  const needs = new Map<string, { file: string; deps: string[] }>();
  for (const line of dep.split('\n')) {
    const [file, rest] = line.split(':');
    if (file && rest !== undefined) needs.set(nameOf(file), { file, deps: rest.split(' ').filter(Boolean) });
  }
  const builtins = new Set(builtin.split('\n').map(nameOf));
  const order = new Set<string>();
  for (const name of wanted) {
    const entry = needs.get(name);
    if (entry) for (const file of [...entry.deps.toReversed(), entry.file]) order.add(file);
    else if (!builtins.has(name)) throw new LabError(`the guest's kernel has no module ${name}`);
  }
  return [...order];
}
