import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where everything of the lab is, below one cache directory. */
export interface LabPaths {
  cache: string;
  /** Held while a command or a run uses the lab. */
  lock: string;
  /** Debian root as a tar, and the disk made from it. Shared by all versions. */
  rootTar: string;
  disk: string;
  /** Directory with `vmlinuz` and `initramfs`. */
  boot: string;
  keys: string;
  busybox: string;
  /** `boxlite` of one version, and the runtime that is built into it (its own may be older: see its stamp). */
  runtime(version: string): string;
  cli(version: string): string;
  cargoTarget(version: string): string;
  /** Disk with the binary, the image and the guest's scripts. */
  payload(version: string): string;
  /** Everything of the machine that is up now; removed when it goes down. */
  run: string;
  state: string;
  overlay: string;
  console: string;
  /** Console of the machine before this one: what is left when one broke and was started again. */
  lastConsole: string;
  pidFile: string;
  /**
   * Directory of ssh's control socket. Outside of the cache because a socket's path must be short, and not below
   * `$TMPDIR` because two processes with different ones must find the same connection.
   */
  control: string;
}

/** `$XDG_CACHE_HOME/boxcheck`, else `~/.cache/boxcheck`. */
export function defaultCacheDir(env: Record<string, string | undefined> = process.env): string {
  const base = env.XDG_CACHE_HOME;
  return join(base?.startsWith('/') ? base : join(homedir(), '.cache'), 'boxcheck');
}

/** The layout below `cacheDir`. Pure: makes nothing. */
export function labPaths(cacheDir: string = defaultCacheDir()): LabPaths {
  const cache = resolve(cacheDir);
  const lab = join(cache, 'lab');
  const run = join(lab, 'run');
  const boxlite = (version: string) => join(cache, 'boxlite', version);
  return {
    cache,
    lock: join(lab, 'lock'),
    rootTar: join(lab, 'root.tar'),
    disk: join(lab, 'root.img'),
    boot: join(lab, 'boot'),
    keys: join(lab, 'keys'),
    busybox: join(lab, 'busybox'),
    runtime: (version) => join(boxlite(version), 'boxlite-runtime.tar.gz'),
    cli: (version) => join(boxlite(version), 'bin', 'boxlite'),
    cargoTarget: (version) => join(cache, 'cargo-target', version),
    payload: (version) => join(lab, `payload-${version}.img`),
    run,
    state: join(run, 'state.json'),
    overlay: join(run, 'overlay.qcow2'),
    console: join(run, 'console.log'),
    lastConsole: join(lab, 'last-console.log'),
    pidFile: join(run, 'qemu.pid'),
    control: `/tmp/boxcheck-lab-${process.getuid?.() ?? 0}-${createHash('sha256').update(cache).digest('hex').slice(0, 10)}`,
  };
}
