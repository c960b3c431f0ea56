import { createHash } from 'node:crypto';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { BoxSpec } from '../core/box.ts';
import type { Exported } from '../core/copies.ts';
import { invalidArgument, unsupported } from '../core/fault.ts';
import { defect } from '../defects/switch.ts';
import { pack, unpack } from './tar.ts';

/** Largest archive that is taken apart (contract 11.5). */
const limitBytes = 2 ** 30;
const VERSION = 3;
/** Newest format that is understood (contract 11.3). */
const NEWEST = 5;

/** First bytes of what zstd has compressed. */
const ZSTD = 0x28b52ffd;

const checksum = (disk: Buffer): string => `sha256:${createHash('sha256').update(disk).digest('hex')}`;

/** The archive of a box: a manifest and a disk (contract 11.3). */
export async function archiveOf({ record, disk }: Exported): Promise<Buffer> {
  const manifest = {
    version: VERSION,
    box_name: record.name ?? null,
    image: 'image' in record.spec.source ? record.spec.source.image : '',
    box_options: record.spec,
    guest_disk_checksum: '',
    container_disk_checksum: checksum(disk),
    exported_at: new Date().toISOString(),
  };
  const members = [
    { path: 'manifest.json', kind: 'file', mode: 0o644, data: Buffer.from(JSON.stringify(manifest)) },
    { path: 'disk.qcow2', kind: 'file', mode: 0o644, data: disk },
  ] as const;
  return zstdCompressSync(await pack(defect('export-without-disk') ? members.slice(0, 1) : members));
}

interface Manifest {
  version: number;
  box_options: BoxSpec;
  container_disk_checksum: string;
}

/**
 * Takes an archive apart that a client has sent, which is not to be trusted.
 * @throws Fault invalid-argument for what is no archive of a box, unsupported for one that names files of this host.
 */
export async function boxOf(archive: Buffer): Promise<{ spec: BoxSpec; disk: Buffer }> {
  const members = new Map((await unpack(plain(archive), limitBytes)).map(({ path, data }) => [path, data]));
  const manifest = manifestOf(members.get('manifest.json'));
  const disk = members.get('disk.qcow2');
  if (!disk) throw invalidArgument('the archive has no disk.qcow2');
  if (manifest.container_disk_checksum !== checksum(disk))
    throw invalidArgument('the checksum of the disk differs');
  const { box_options: spec } = manifest;
  if ('rootfs' in spec.source)
    throw unsupported('a rootfs path cannot be requested by an archive uploaded through a REST server');
  return { spec, disk };
}

function plain(archive: Buffer): Buffer {
  if (archive.length < 4 || archive.readUInt32BE(0) !== ZSTD) return archive;
  try {
    return zstdDecompressSync(archive, { maxOutputLength: limitBytes });
  } catch {
    throw invalidArgument('the archive is not complete');
  }
}

function manifestOf(data: Buffer | undefined): Manifest {
  if (!data) throw invalidArgument('the archive has no manifest.json');
  const manifest = parsed(data);
  if (!(manifest.version >= 1 && manifest.version <= NEWEST))
    throw invalidArgument(`archive version ${manifest.version} is not supported`);
  return manifest;
}

function parsed(data: Buffer): Manifest {
  try {
    return JSON.parse(data.toString('utf8'));
  } catch {
    throw invalidArgument('manifest.json is no JSON');
  }
}
