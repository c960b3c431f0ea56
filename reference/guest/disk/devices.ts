import type { DeviceName } from './device.ts';
import { type DirectoryInode, directory, type Inode } from './inode.ts';

const device = (name: DeviceName): Inode => ({ kind: 'device', mode: 0o666, mtimeMs: Date.now(), name });

/** Contents of /dev; made anew at every boot. */
export function deviceTree(): DirectoryInode {
  const dev = directory();
  for (const name of ['null', 'zero', 'full', 'random', 'tty', 'stdin', 'stdout', 'stderr'] as const) {
    dev.entries.set(name, device(name));
  }
  dev.entries.set('urandom', device('random'));
  dev.entries.set('shm', directory(0o1777));
  return dev;
}
