import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { call } from '../call.ts';
import type { LabPaths } from '../paths.ts';
import { busyboxPath } from './boot.ts';
import { packBusybox } from './busybox-tar.ts';
import { digestOf } from './stamp.ts';
import type { Step } from './step.ts';

interface Blob {
  digest: string;
  size: number;
  data: Buffer;
}

const blobOf = (data: Buffer): Blob => ({ data, size: data.length, digest: sha256(data) });
const jsonBlob = (value: unknown) => blobOf(Buffer.from(JSON.stringify(value)));
const sha256 = (data: Buffer) => `sha256:${createHash('sha256').update(data).digest('hex')}`;

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
  created: '2024-01-01T00:00:00Z',
  architecture: 'amd64',
  os: 'linux',
  config: {
    Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    Cmd: ['/bin/sh'],
    WorkingDir: '/',
  },
  rootfs: { type: 'layers', diff_ids: [diffId] },
  history: [{ created: '2024-01-01T00:00:00Z', created_by: 'boxcheck' }],
});
