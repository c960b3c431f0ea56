import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { call, LabError } from '../call.ts';
import { guestFile, type LabPaths } from '../paths.ts';
import { busyboxPath } from './busybox.ts';
import { digestOf, type Step } from './step.ts';

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
