import { extract, pack } from 'tar-stream';
import { type Bytes, fromBuffer, toBuffer } from '../../domain/bytes.ts';

async function collect(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

/** A tar archive with these regular files. */
export async function tarOf(files: Readonly<Record<string, Bytes>>): Promise<Buffer> {
  const archive = pack();
  for (const [name, data] of Object.entries(files)) archive.entry({ name, mode: 0o644 }, toBuffer(data));
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
