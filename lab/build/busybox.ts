import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { type Header, pack } from 'tar-stream';
import { which } from '../../machine/which.ts';
import { call, LabError } from '../call.ts';
import type { LabPaths } from '../paths.ts';
import { digestOf, type Step } from './step.ts';

/** Gives the busybox of this machine. @throws LabError when there is none */
export function busyboxPath(): string {
  const path = which('busybox');
  if (path === null) throw new LabError('busybox is missing: apt-get install busybox-static');
  return path;
}

/**
 * The image every box of the lab is made from: an OCI layout directory with busybox and its applets. Written here
 * byte for byte, so that the same busybox gives the same digests on every machine.
 */
export async function busyboxStep(paths: LabPaths): Promise<Step> {
  const busybox = busyboxPath();
  return {
    name: 'busybox image',
    output: paths.busybox,
    inputs: { busybox: await digestOf(busybox), layout: '1' },
    make: async (temp) => {
      const applets = (await call([busybox, '--list'], { timeoutMs: 10_000 })).split('\n').filter(Boolean);
      await writeLayout(temp, await packBusybox(await readFile(busybox), applets));
    },
  };
}

/** Directories of the image; `tmp` and `var/tmp` are open to all. */
const DIRS = ['bin', 'sbin', 'dev', 'etc', 'proc', 'root', 'run', 'sys', 'usr', 'usr/bin', 'usr/sbin', 'var'];
const OPEN_DIRS = ['tmp', 'var/tmp'];

const FILES: Record<string, string> = {
  'etc/passwd': 'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n',
  'etc/group': 'root:x:0:\nnogroup:x:65534:\n',
};

/** An epoch that is not 0: some unpackers take 0 for "now". */
const CREATED = '2024-01-01T00:00:00Z';

/** Packs the layer: busybox, a link for each applet, and the few files a shell expects. The same bytes every time. */
export async function packBusybox(binary: Buffer, applets: readonly string[]): Promise<Buffer> {
  const tar = pack();
  const add = (header: Partial<Header> & { name: string }, data: Buffer | string = '') =>
    tar.entry({ uid: 0, gid: 0, mtime: new Date(CREATED), ...header }, data);
  for (const name of DIRS) add({ name: `${name}/`, type: 'directory', mode: 0o755 });
  for (const name of OPEN_DIRS) add({ name: `${name}/`, type: 'directory', mode: 0o1777 });
  for (const [name, text] of Object.entries(FILES)) add({ name, mode: 0o644 }, text);
  add({ name: 'bin/busybox', mode: 0o755 }, binary);
  for (const applet of applets) {
    if (applet !== 'busybox')
      add({ name: `bin/${applet}`, type: 'symlink', linkname: 'busybox', mode: 0o777 });
  }
  tar.finalize();
  return buffer(tar);
}

interface Blob {
  digest: string;
  size: number;
  data: Buffer;
}

const blobOf = (data: Buffer): Blob => ({ data, size: data.length, digest: sha256(data) });
const jsonBlob = (value: unknown) => blobOf(Buffer.from(JSON.stringify(value)));
const sha256 = (data: Buffer) => `sha256:${createHash('sha256').update(data).digest('hex')}`;

/** Writes an OCI layout of one layer. */
export async function writeLayout(dir: string, layerTar: Buffer): Promise<void> {
  const layer = blobOf(gzipSync(layerTar));
  const config = jsonBlob(imageConfig(sha256(layerTar)));
  const manifest = jsonBlob({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: described('application/vnd.oci.image.config.v1+json', config),
    layers: [described('application/vnd.oci.image.layer.v1.tar+gzip', layer)],
  });
  const index = {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [
      {
        ...described('application/vnd.oci.image.manifest.v1+json', manifest),
        platform: { architecture: 'amd64', os: 'linux' },
        annotations: { 'org.opencontainers.image.ref.name': 'latest' },
      },
    ],
  };
  const blobs = join(dir, 'blobs', 'sha256');
  await mkdir(blobs, { recursive: true });
  for (const blob of [layer, config, manifest])
    await writeFile(join(blobs, blob.digest.slice('sha256:'.length)), blob.data);
  await writeFile(join(dir, 'oci-layout'), JSON.stringify({ imageLayoutVersion: '1.0.0' }));
  await writeFile(join(dir, 'index.json'), JSON.stringify(index));
}

const described = (mediaType: string, blob: Blob) => ({ mediaType, digest: blob.digest, size: blob.size });

const imageConfig = (diffId: string) => ({
  created: CREATED,
  architecture: 'amd64',
  os: 'linux',
  config: {
    Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    Cmd: ['/bin/sh'],
    WorkingDir: '/',
  },
  rootfs: { type: 'layers', diff_ids: [diffId] },
  history: [{ created: CREATED, created_by: 'boxcheck' }],
});
