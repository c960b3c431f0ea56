import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { directory, file, type Inode, symlink } from '../../../reference/guest/disk/inode.ts';
import { MemoryVolume } from '../../../reference/guest/disk/memory.ts';
import { baseName, dirName, normal } from '../../../reference/guest/disk/path.ts';
import { diskFile, loadDisk, saveDisk } from '../../../reference/guest/disk/persist.ts';
import { readTree, writeTree } from '../../../reference/guest/disk/tree.ts';
import { Vfs } from '../../../reference/guest/disk/vfs.ts';
import { limits } from '../../../reference/guest/limits.ts';
import { guest, sh } from './guest.ts';

const name = fc
  .string({
    unit: fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)),
    minLength: 1,
    maxLength: 6,
  })
  .filter((text) => !text.includes('/') && text !== '.' && text !== '..');

const leaf: fc.Arbitrary<Inode> = fc.oneof(
  fc.uint8Array({ maxLength: 50 }).map((bytes) => file(Buffer.from(bytes))),
  name.map(symlink),
);
const tree = fc.letrec<{ dir: ReturnType<typeof directory>; node: Inode }>((tie) => ({
  dir: fc.dictionary(name, tie('node'), { maxKeys: 4 }).map((entries) => {
    const made = directory();
    for (const [key, inode] of Object.entries(entries)) made.entries.set(key, inode);
    return made;
  }),
  node: fc.oneof({ depthSize: 'small' }, leaf, tie('dir')),
})).dir;

test('a disk that was saved is the same when it is loaded', () => {
  const dir = mkdtempSync(join(tmpdir(), 'guest-disk-'));
  fc.assert(
    fc.property(tree, (disk) => {
      saveDisk(dir, diskFile, disk);
      expect(loadDisk(dir, diskFile)).toEqual(disk);
    }),
    { numRuns: 40 },
  );
  rmSync(dir, { recursive: true });
});

test('a damaged disk is an error that names the file; none is none', () => {
  const dir = mkdtempSync(join(tmpdir(), 'guest-disk-'));
  expect(loadDisk(dir, diskFile)).toBeNull();
  writeFileSync(join(dir, diskFile), 'garbage');
  expect(() => loadDisk(dir, diskFile)).toThrow(join(dir, diskFile));
  rmSync(dir, { recursive: true });
  expect(() => saveDisk(dir, diskFile, directory())).not.toThrow();
});

test('what is written as a tree is read back as one', () => {
  const entries = [
    { path: 'd', kind: 'directory' as const, mode: 0o755 },
    { path: 'd/ü', kind: 'file' as const, mode: 0o640, data: Buffer.from([0, 255, 10]) },
    { path: 'd/l', kind: 'symlink' as const, mode: 0o777, link: 'ü' },
  ];
  const vfs = new Vfs(new MemoryVolume('/dev/root', 'ext4'));
  writeTree(vfs, '/into/here', entries);
  expect(readTree(vfs, '/into/here/d')).toEqual([entries[0], entries[2], entries[1]]);
  expect(readTree(vfs, '/nope')).toBeNull();
  expect(() => writeTree(vfs, '/into/here/d/l/x', entries)).toThrow('Not a directory');
});

test('paths', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', '.', '..', ''), { maxLength: 8 }), (parts) => {
      const path = normal('/x', parts.join('/'));
      expect(path).toMatch(/^\/(?:[abx](?:\/[abx])*)?$/);
      expect(normal('/', path)).toBe(path);
      if (path !== '/') expect(normal(dirName(path), baseName(path))).toBe(path);
    }),
  );
});

test('a full disk says so and stays usable', async () => {
  const machine = guest();
  const blocks = Math.ceil(limits.diskBytes / 67_108_864) + 1;
  const ran = await sh(
    machine,
    `truncate -s 64m /root/a; for i in $(seq ${blocks}); do truncate -s 64m /root/$i || break; done; rm /root/*; echo ok >/root/b; cat /root/b`,
  );
  expect(ran.err).toContain('No space left on device');
  expect(ran.out).toBe('ok\n');
});

test('a file that is cut while it is being read', async () => {
  expect((await sh(guest(), 'echo abcdef >/tmp/f; exec 3</tmp/f; : >/tmp/f; cat <&3; echo end')).out).toBe(
    'end\n',
  );
});

test('files of a guest', async () => {
  const { out } = await sh(
    guest(),
    'mkdir -p /root/a/b; echo x >/root/a/b/f; ln -s b /root/a/l; cat /root/a/l/f; cp -r /root/a /root/c; mv /root/c/b/f /root/c/g; ls /root/c; rm -r /root/a; ls /root; test -e /root/a || echo gone; rm /nope; echo $?; rm -f /nope; echo $?; mv /root/c /root/c/d; echo $?',
  );
  expect(out).toBe('x\nb\ng\nl\nc\ngone\n1\n0\n1\n');
});
