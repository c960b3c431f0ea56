import { zstdDecompressSync } from 'node:zlib';
import { extract, pack } from 'tar-stream';
import { type Bytes, fromBuffer, toBuffer } from '../../domain/bytes.ts';

async function collect(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

/** A tar archive with one regular file. */
export async function tarOf(name: string, data: Bytes): Promise<Buffer> {
  const archive = pack();
  archive.entry({ name, mode: 0o644 }, toBuffer(data));
  archive.finalize();
  return collect(archive);
}

/** The regular files of a tar archive; null when it is none. */
async function filesOf(archive: Buffer): Promise<{ name: string; data: Buffer }[] | null> {
  const reader = extract();
  reader.end(archive);
  const found: { name: string; data: Buffer }[] = [];
  try {
    for await (const entry of reader) {
      const { name, type } = entry.header;
      const data = await collect(entry);
      if (type === 'file') found.push({ name, data });
    }
  } catch {
    return null;
  }
  return found;
}

/** The only regular file of a tar archive; null when it holds none or several, or is no archive. */
export async function untarOne(archive: Bytes): Promise<Bytes | null> {
  const [only, ...others] = (await filesOf(toBuffer(archive))) ?? [];
  return only && others.length === 0 ? fromBuffer(only.data) : null;
}

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
