import { type DirectoryInode, directory, file } from './inode.ts';

/** The one program of this guest: a shell that plays workloads (see ../work/shell.ts). */
export const shellPath = '/bin/sh';

/** Makes a fresh root disk: what an unpacked image holds. */
export const freshDisk = (hostname: string): DirectoryInode =>
  directory({
    bin: directory({ sh: file('', 0o755) }),
    dev: directory(),
    etc: directory({
      hostname: file(`${hostname}\n`),
      hosts: file(`127.0.0.1\tlocalhost\n::1\tlocalhost\n127.0.1.1\t${hostname}\n`),
      'resolv.conf': file('nameserver 1.1.1.1\n'),
      passwd: file('root:x:0:0:root:/root:/bin/sh\n'),
    }),
    mnt: directory(),
    proc: directory(),
    root: directory({}, 0o700),
    tmp: directory({}, 0o1777),
  });
