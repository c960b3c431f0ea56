import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, readFileSync, statfsSync } from 'node:fs';
import { which } from '../../machine/which.ts';
import { LabError } from '../call.ts';

/** What booting and building the disks needs: each program of the host with the Debian package it comes from. */
const TOOLS: Readonly<Record<string, string>> = {
  'qemu-system-x86_64': 'qemu-system-x86',
  'qemu-img': 'qemu-utils',
  ssh: 'openssh-client',
  mmdebstrap: 'mmdebstrap',
  mke2fs: 'e2fsprogs',
  cpio: 'cpio',
  busybox: 'busybox-static',
  'ssh-keygen': 'openssh-client',
  tar: 'tar',
  unshare: 'util-linux',
};

/** What getting the runtime and building the CLI needs besides, where no binary is given. */
const CLI_TOOLS: Readonly<Record<string, string>> = {
  protoc: 'protobuf-compiler',
  cc: 'build-essential',
  python3: 'python3',
  'python3 -m pip': 'python3-pip',
};

/**
 * Says what this machine lacks to make and boot a lab, all of it at once, with what to do about it; empty: nothing.
 * @param cli whether the CLI has to be built
 */
export function lacking(cli: boolean, has: (program: string) => boolean = hasTool): string[] {
  const tools = Object.entries({ ...TOOLS, ...(cli ? CLI_TOOLS : {}) });
  const packages = new Set(tools.flatMap(([program, name]) => (has(program) ? [] : [name])));
  const install = `apt-get install --no-install-recommends ${[...packages].join(' ')}`;
  return [
    ...(packages.size > 0
      ? [`the lab needs ${packages.size} Debian package(s) this machine does not have: ${install}`]
      : []),
    // The Rust toolchain is no Debian package of a usable age.
    ...(cli && !has('cargo')
      ? [
          'building boxlite needs cargo, which is not on the PATH: install a Rust toolchain with rustup, ' +
            'or give a binary of your own with --boxlite FILE',
        ]
      : []),
  ];
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

/** Type of the program header that names a loader. */
const PT_INTERP = 3;

/** Says whether a 64-bit ELF program runs without a loader and libraries. False for anything else. */
export function isStatic(binary: Buffer): boolean {
  if (binary.length < 64 || binary.toString('latin1', 0, 5) !== '\x7fELF\x02') return false;
  const start = Number(binary.readBigUInt64LE(32));
  const [size, count] = [binary.readUInt16LE(54), binary.readUInt16LE(56)];
  if (start + size * count > binary.length) return false;
  const types = Array.from({ length: count }, (_, i) => binary.readUInt32LE(start + i * size));
  return !types.includes(PT_INTERP);
}

/** What disks and tars take, and what building the CLI does: the cargo target directory alone about 2 GB. */
export const MIN_BYTES = { disks: 2 * 1024 ** 3, cli: 4 * 1024 ** 3 } as const;

/**
 * Makes the cache directory and checks that it can be used.
 * @throws LabError when it cannot be written, or when less than `needBytes` is free.
 */
export function demandSpace(cacheDir: string, needBytes: number): void {
  try {
    mkdirSync(cacheDir, { recursive: true });
    accessSync(cacheDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new LabError(
      `the cache directory ${cacheDir} cannot be written (${(error as Error).message}): ` +
        'set XDG_CACHE_HOME to another',
    );
  }
  const { bavail, bsize } = statfsSync(cacheDir);
  if (bavail * bsize >= needBytes) return;
  const gb = (bytes: number) => (bytes / 1024 ** 3).toFixed(1);
  throw new LabError(
    `${cacheDir} has ${gb(bavail * bsize)} GB free, the lab needs ${gb(needBytes)} GB there: ` +
      'free some, or set XDG_CACHE_HOME to a larger disk',
  );
}
