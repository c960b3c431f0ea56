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

/** The only regular file of a tar archive; null when it holds none or several, or is no archive. */
export async function untarOne(archive: Bytes): Promise<Bytes | null> {
  const reader = extract();
  reader.end(toBuffer(archive));
  const found: Bytes[] = [];
  try {
    for await (const entry of reader) {
      const data = await collect(entry);
      if (entry.header.type === 'file') found.push(fromBuffer(data));
    }
  } catch {
    return null;
  }
  return found.length === 1 ? (found[0] as Bytes) : null;
}
