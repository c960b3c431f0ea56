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

/** Which of the members of an archive of a box, maybe compressed, are there, a line each; none where it is no archive. */
export async function boxArchiveNames(archive: Bytes): Promise<Bytes> {
  const files = await filesOf(plainTar(archive));
  const names = (files ?? []).map(({ name }) => name.replace(/^\.\//u, '')).sort();
  return names
    .filter((name) => members.includes(name))
    .map((name) => `${name}\n`)
    .join('');
}

function plainTar(archive: Bytes): Buffer {
  try {
    return archive.startsWith(ZSTD) ? zstdDecompressSync(toBuffer(archive)) : toBuffer(archive);
  } catch {
    return Buffer.alloc(0);
  }
}
