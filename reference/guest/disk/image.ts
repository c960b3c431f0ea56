import { applets } from '../applets/table.ts';
import { type Bytes, bytesOf } from '../bytes.ts';
import { binaryMagic } from '../process/program.ts';
import { type DirectoryInode, directory, file, type Inode, symlink } from './inode.ts';

const sbin = new Set(['poweroff', 'reboot']);
const standardPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Environment a process gets where its caller sets nothing else. */
export const defaultEnv: Readonly<Record<string, string>> = { PATH: standardPath, HOME: '/root' };

const dir = (entries: Record<Bytes, Inode>, mode = 0o755): DirectoryInode => {
  const made = directory(mode);
  for (const [name, inode] of Object.entries(entries)) made.entries.set(name, inode);
  return made;
};

function binaries(): DirectoryInode {
  const bin = dir({ busybox: file(binaryMagic, 0o755) });
  for (const name of Object.keys(applets))
    if (!sbin.has(name)) bin.entries.set(name, symlink('/bin/busybox'));
  return bin;
}

function etc(hostname: string): DirectoryInode {
  const name = bytesOf(hostname);
  return dir({
    hostname: file(`${name}\n`),
    hosts: file(`127.0.0.1\tlocalhost\n::1\tlocalhost\n127.0.1.1\t${name}\n`),
    'resolv.conf': file('nameserver 1.1.1.1\n'),
    passwd: file('root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n'),
    group: file('root:x:0:root\nnobody:x:65534:\n'),
    shells: file('/bin/sh\n/bin/ash\n'),
    'os-release': file('NAME="boxcheck reference guest"\nID=reference\n'),
  });
}

/** A fresh root disk: what an unpacked image holds. */
export function freshDisk(hostname: string): DirectoryInode {
  const empty = () => directory();
  return dir({
    bin: binaries(),
    sbin: dir(Object.fromEntries([...sbin].map((name) => [name, symlink('/bin/busybox')]))),
    dev: empty(),
    etc: etc(hostname),
    home: empty(),
    mnt: empty(),
    opt: empty(),
    proc: empty(),
    root: directory(0o700),
    run: empty(),
    srv: empty(),
    sys: empty(),
    tmp: directory(0o1777),
    usr: dir({ bin: empty(), sbin: empty(), local: dir({ bin: empty(), sbin: empty() }) }),
    var: dir({ log: empty(), tmp: directory(0o1777) }),
  });
}
