import { type Header, pack } from 'tar-stream';

/** Directories of the image; `tmp` and `var/tmp` are open to all. */
const DIRS = ['bin', 'sbin', 'dev', 'etc', 'proc', 'root', 'run', 'sys', 'usr', 'usr/bin', 'usr/sbin', 'var'];
const OPEN_DIRS = ['tmp', 'var/tmp'];

const FILES: Record<string, string> = {
  'etc/passwd': 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n',
  'etc/group': 'root:x:0:\nnogroup:x:65534:\n',
};

/** An epoch that is not 0: some unpackers take 0 for "now". */
const MTIME = new Date('2024-01-01T00:00:00Z');

/** Packs the layer: busybox, a link for each applet, and the few files a shell expects. The same bytes every time. */
export async function packBusybox(binary: Buffer, applets: readonly string[]): Promise<Buffer> {
  const tar = pack();
  const add = (header: Partial<Header> & { name: string }, data: Buffer | string = '') =>
    tar.entry({ uid: 0, gid: 0, mtime: MTIME, ...header }, data);
  for (const name of DIRS) add({ name: `${name}/`, type: 'directory', mode: 0o755 });
  for (const name of OPEN_DIRS) add({ name: `${name}/`, type: 'directory', mode: 0o1777 });
  for (const [name, text] of Object.entries(FILES)) add({ name, mode: 0o644 }, text);
  add({ name: 'bin/busybox', mode: 0o755 }, binary);
  for (const applet of applets) {
    if (applet !== 'busybox')
      add({ name: `bin/${applet}`, type: 'symlink', linkname: 'busybox', mode: 0o777 });
  }
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}
