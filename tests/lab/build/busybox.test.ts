import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packBusybox, writeLayout } from '../../../lab/build/busybox.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'bc-oci-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

interface Described {
  digest: string;
  size: number;
}

function blob({ digest, size }: Described): Buffer {
  const data = readFileSync(join(dir, 'blobs/sha256', digest.replace('sha256:', '')));
  expect(data.length).toBe(size);
  expect(`sha256:${createHash('sha256').update(data).digest('hex')}`).toBe(digest);
  return data;
}

test('the layout leads from its index to a layer whose digests are right', async () => {
  const tar = await packBusybox(Buffer.from('binary'), ['sh', 'busybox', '[']);
  await writeLayout(dir, tar);
  const index = JSON.parse(readFileSync(join(dir, 'index.json'), 'utf8'));
  const manifest = JSON.parse(blob(index.manifests[0]).toString());
  const config = JSON.parse(blob(manifest.config).toString());
  const layer = gunzipSync(blob(manifest.layers[0]));
  expect(layer.equals(tar)).toBe(true);
  expect(config.rootfs.diff_ids).toEqual([`sha256:${createHash('sha256').update(tar).digest('hex')}`]);
  expect(config.config.Cmd).toEqual(['/bin/sh']);
});

test('every applet is a link to busybox, and the same input gives the same bytes', async () => {
  const tar = await packBusybox(Buffer.from('binary'), ['sh', 'busybox', '[']);
  expect(tar.equals(await packBusybox(Buffer.from('binary'), ['sh', 'busybox', '[']))).toBe(true);
  const links: Record<string, string | null | undefined> = {};
  const reader = extract();
  reader.on('entry', (header, stream, next) => {
    if (header.type === 'symlink') links[header.name] = header.linkname;
    stream.on('end', next);
    stream.resume();
  });
  reader.end(tar);
  await new Promise<void>((resolve) => reader.on('finish', () => resolve()));
  expect(links).toEqual({ 'bin/sh': 'busybox', 'bin/[': 'busybox' });
});
