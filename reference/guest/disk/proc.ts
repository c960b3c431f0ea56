import type { Bytes } from '../bytes.ts';
import type { Kernel } from '../process/kernel.ts';
import { type Synthetic, SyntheticVolume } from './synthetic.ts';
import type { Mount } from './walk.ts';

type Tree = { [name: Bytes]: (() => Bytes) | Tree };

const tree = (entries: Tree): Synthetic => ({
  entries: () =>
    new Map(
      Object.entries(entries).map(([name, value]) => [
        name,
        typeof value === 'function' ? { file: value } : tree(value),
      ]),
    ),
});

/** Blanks and backslashes in a path would break the columns; the kernel writes them as octal escapes. */
const column = (path: Bytes): Bytes =>
  path.replace(/[ \t\n\\]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`);

const mountLine = ({ at, volume, mode }: Mount): Bytes =>
  `${column(volume.tag)} ${column(at)} ${volume.type} ${mode},relatime 0 0\n`;

const mountTable = (kernel: Kernel): Bytes =>
  `/dev/root / ext4 rw,relatime 0 0\n${[...kernel.vfs.mounts.values()].map(mountLine).join('')}`;

function ofProcess(kernel: Kernel, pid: number): Tree {
  const argv = () => kernel.processes.get(pid)?.argv ?? [];
  return {
    cmdline: () =>
      argv()
        .map((arg) => `${arg}\0`)
        .join(''),
    comm: () => `${(argv()[0] ?? '').split('/').at(-1)?.slice(0, 15)}\n`,
    status: () => `Name:\t${argv()[0]}\nPid:\t${pid}\nPPid:\t${kernel.processes.get(pid)?.ppid ?? 0}\n`,
  };
}

/** /proc of one guest. */
export function procVolume(kernel: () => Kernel): SyntheticVolume {
  const mounts = () => mountTable(kernel());
  const uptime = () => ((performance.now() - kernel().bootedMs) / 1000).toFixed(2);
  const fixed: Tree = {
    mounts,
    self: { mounts },
    uptime: () => `${uptime()} ${uptime()}\n`,
    loadavg: () => '0.00 0.00 0.00 1/1 1\n',
    version: () => 'Linux version 6.0.0-reference\n',
    cmdline: () => 'boxcheck.reference=1\n',
    cpuinfo: () => 'processor\t: 0\nmodel name\t: reference\n\n',
    meminfo: () => 'MemTotal:        1048576 kB\nMemFree:         1000000 kB\n',
    filesystems: () => 'nodev\ttmpfs\nnodev\tvirtiofs\n\text4\n',
    sys: {
      kernel: { random: { boot_id: () => `${kernel().bootId}\n` }, hostname: () => `${kernel().hostname}\n` },
    },
  };
  return new SyntheticVolume('proc', {
    entries: () => {
      const processes = Object.fromEntries(
        [...kernel().processes.keys()].map((pid) => [String(pid), ofProcess(kernel(), pid)]),
      );
      return (tree({ ...processes, ...fixed }) as Extract<Synthetic, { entries: unknown }>).entries();
    },
  });
}
