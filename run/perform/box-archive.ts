import { zstdDecompressSync } from 'node:zlib';
import { type Bytes, toBuffer } from '../../domain/bytes.ts';

/** What an archive of a box must hold (contract 11.3). */
const members: readonly string[] = ['disk.qcow2', 'manifest.json'];

/** First bytes of what zstd has compressed. */
const ZSTD = '\x28\xb5\x2f\xfd';

const BLOCK = 512;

/** Types of members that are regular files: by the older and the newer word, and with holes (GNU's sparse files). */
const regular = ['\0', '0', 'S'];

/**
 * Names of the regular files of a tar archive; none where it is none, or ends too early. BoxLite packs a disk as the
 * file with holes that it is, in GNU's format, which tar-stream has no word for.
 */
function namesIn(archive: Buffer): string[] {
  const names: string[] = [];
  let at = 0;
  for (let header = archive.subarray(0, BLOCK); header.some((byte) => byte !== 0); ) {
    const type = String.fromCharCode(header[156] ?? 0);
    const size = sizeIn(header);
    if (header.length < BLOCK || Number.isNaN(size)) return [];
    if (regular.includes(type)) names.push(header.toString('latin1', 0, 100).replace(/\0.*$/su, ''));
    at += BLOCK;
    // Blocks with more holes come between the header and the data; each tells whether another one does.
    for (let more = type === 'S' && header[482] === 1; more; at += BLOCK) more = archive[at + 504] === 1;
    at += Math.ceil(size / BLOCK) * BLOCK;
    header = archive.subarray(at, at + BLOCK);
  }
  return at < archive.length ? names : [];
}

/** Bytes of a member: octal, or a number of 95 bits where that is too short. */
const sizeIn = (header: Buffer): number =>
  ((header[124] ?? 0) & 0x80) === 0
    ? Number.parseInt(header.toString('latin1', 124, 136), 8)
    : header.readUIntBE(130, 6);

/** Which of the members of an archive of a box, maybe compressed, are there, a line each; none where it is no archive. */
export const boxArchiveNames = (archive: Bytes): Bytes =>
  namesIn(plainTar(archive))
    .map((name) => name.replace(/^\.\//u, ''))
    .filter((name) => members.includes(name))
    .sort()
    .map((name) => `${name}\n`)
    .join('');

function plainTar(archive: Bytes): Buffer {
  try {
    return archive.startsWith(ZSTD) ? zstdDecompressSync(toBuffer(archive)) : toBuffer(archive);
  } catch {
    return Buffer.alloc(0);
  }
}
