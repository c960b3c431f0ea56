import { spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '../error.ts';
import { isStatic } from './elf.ts';

/** A Tool is a program of the host and the Debian package it comes from. */
export interface Tool {
  program: string;
  package: string;
}

/** What booting needs. */
export const BOOT_TOOLS: readonly Tool[] = [
  { program: 'qemu-system-x86_64', package: 'qemu-system-x86' },
  { program: 'qemu-img', package: 'qemu-utils' },
  { program: 'ssh', package: 'openssh-client' },
];

/** What building the disks needs. */
export const DISK_TOOLS: readonly Tool[] = [
  { program: 'mmdebstrap', package: 'mmdebstrap' },
  { program: 'mke2fs', package: 'e2fsprogs' },
  { program: 'cpio', package: 'cpio' },
  { program: 'busybox', package: 'busybox-static' },
  { program: 'ssh-keygen', package: 'openssh-client' },
  { program: 'tar', package: 'tar' },
  { program: 'unshare', package: 'util-linux' },
];

/** What getting the runtime and building the CLI needs, where no binary is given. */
export const CLI_TOOLS: readonly Tool[] = [
  { program: 'protoc', package: 'protobuf-compiler' },
  { program: 'cc', package: 'build-essential' },
  { program: 'python3', package: 'python3' },
  { program: 'python3 -m pip', package: 'python3-pip' },
];

const SYSTEM_DIRS = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/bin', '/bin'];

/** Gives the full path of a program; also looks where a user's PATH often does not. null: not installed. */
export function which(program: string, path: string | undefined = process.env.PATH): string | null {
  for (const dir of [...(path ?? '').split(':'), ...SYSTEM_DIRS]) {
    const file = join(dir || '.', program);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Not here.
    }
  }
  return null;
}

/**
 * Says whether this machine has a tool. Two are special: busybox has to be the static one, as it runs alone in the
 * guest's first filesystem; and pip is a module that Debian keeps out of its python3.
 */
export function hasTool(program: string): boolean {
  const [file = '', ...args] = program.split(' ');
  const path = which(file);
  if (path === null) return false;
  if (program === 'busybox') return isStatic(readFileSync(path));
  return args.length === 0 || spawnSync(path, [...args, '--version'], { timeout: 20_000 }).status === 0;
}

/** Gives the packages of the tools `has` does not know, each once, in the order of the tools. */
export function missingPackages(tools: readonly Tool[], has: (program: string) => boolean): string[] {
  return [...new Set(tools.filter((tool) => !has(tool.program)).map((tool) => tool.package))];
}

/** Says what a person has to type to get the missing packages. */
export const installLine = (packages: readonly string[]) =>
  `apt-get install --no-install-recommends ${packages.join(' ')}`;

/**
 * Refuses to begin when a tool is missing: all of them are named at once.
 * @throws LabError
 */
export function demandTools(tools: readonly Tool[], has: (program: string) => boolean = hasTool): void {
  const missing = missingPackages(tools, has);
  if (missing.length === 0) return;
  throw new LabError(
    `the lab needs ${missing.length} Debian package(s) this machine does not have: ${missing.join(', ')}\n` +
      `install with: ${installLine(missing)}`,
  );
}

/**
 * The Rust toolchain is no Debian package of a usable age, so it gets its own words.
 * @throws LabError
 */
export function demandCargo(has: (program: string) => boolean = hasTool): void {
  if (has('cargo')) return;
  throw new LabError(
    'building boxlite needs cargo, which is not on the PATH: install a Rust toolchain with rustup, ' +
      'or give a binary of your own with --boxlite FILE',
  );
}
