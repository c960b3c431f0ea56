import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Gives the path of a file that goes into the guest. */
export const guestFile = (name: string) => fileURLToPath(new URL(`guest/${name}`, import.meta.url));

/** Gives `$XDG_CACHE_HOME/boxcheck`, else `~/.cache/boxcheck`. */
export function defaultCacheDir(env: Record<string, string | undefined> = process.env): string {
  const base = env.XDG_CACHE_HOME;
  return join(base?.startsWith('/') ? base : join(homedir(), '.cache'), 'boxcheck');
}

/** Lays out everything of the lab below one cache directory. Pure: makes nothing. */
export function labPaths(cacheDir: string = defaultCacheDir()) {
  const cache = resolve(cacheDir);
  const lab = join(cache, 'lab');
  const run = join(lab, 'run');
  const digest = createHash('sha256').update(cache).digest('hex').slice(0, 10);
  const control = `/tmp/boxcheck-lab-${process.getuid?.() ?? 0}-${digest}`;
  return {
    cache,
    /** Held while a command or a run uses the lab. */
    lock: join(lab, 'lock'),
    /** Debian root as a tar, and the disk made from it. Shared by all versions. */
    rootTar: join(lab, 'root.tar'),
    disk: join(lab, 'root.img'),
    /** Directory with `vmlinuz` and `initramfs`. */
    boot: join(lab, 'boot'),
    keys: join(lab, 'keys'),
    busybox: join(lab, 'busybox'),
    /** `boxlite` of one version, and the runtime that is built into it (its own may be older: see its stamp). */
    cli: (version: string) => join(cache, 'boxlite', version, 'bin', 'boxlite'),
    runtime: (version: string) => join(cache, 'boxlite', version, 'boxlite-runtime.tar.gz'),
    /** Directory with the Python SDK of one version, as the guest's Python imports it. */
    sdk: (version: string) => join(lab, `sdk-${version}`),
    cargoTarget: (version: string) => join(cache, 'cargo-target', version),
    /** Disk with the binary, the image and the guest's scripts. */
    payload: (version: string) => join(lab, `payload-${version}.img`),
    /** Directory with a machine of that BoxLite as it was after a boot. */
    snapshot: (version: string) => join(lab, `snapshot-${version}`),
    /** Everything of the machine that is up now; removed when it goes down. */
    run,
    state: join(run, 'state.json'),
    overlay: join(run, 'overlay.qcow2'),
    console: join(run, 'console.log'),
    /** Signs of life of the guest's CPUs. */
    pulse: join(run, 'pulse'),
    pidFile: join(run, 'qemu.pid'),
    /** What QEMU is told that nobody else may read. */
    qemuConfig: join(run, 'qemu.conf'),
    /** Console of the machine before this one: what is left when one broke and was started again. */
    lastConsole: join(lab, 'last-console.log'),
    /**
     * Directory of ssh's control socket and of QEMU's monitor. Outside of the cache because a socket's path must be
     * short, and not below `$TMPDIR` because two processes with different ones must find the same connection.
     */
    control,
    monitor: join(control, 'monitor'),
  };
}

/** LabPaths say where everything of the lab is. */
export type LabPaths = ReturnType<typeof labPaths>;
