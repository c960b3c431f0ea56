import { extract, pack } from 'tar-stream';
import { type Bytes, fromBuffer, toBuffer } from '../../domain/bytes.ts';
import { archived, listedMode } from '../../domain/file-mode.ts';

async function collect(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

/** A tar archive with these regular files, maybe with permissions and an owner. */
export async function tarOf(files: Readonly<Record<string, Bytes>>, mode?: string): Promise<Buffer> {
  const archive = pack();
  const header = mode === undefined ? { mode: 0o644 } : { mode: Number.parseInt(mode, 8), ...archived };
  for (const [name, data] of Object.entries(files)) archive.entry({ name, ...header }, toBuffer(data));
  archive.finalize();
  return collect(archive);
}

/** The regular files of a tar archive; null when it is none. */
async function filesOf(archive: Buffer): Promise<{ mode: number; data: Buffer }[] | null> {
  const reader = extract();
  reader.end(archive);
  const found: { mode: number; data: Buffer }[] = [];
  try {
    for await (const entry of reader) {
      const { mode = 0, type } = entry.header;
      const data = await collect(entry);
      if (type === 'file') found.push({ mode, data });
    }
  } catch {
    return null;
  }
  return found;
}

/** The only regular file of a tar archive, or its permissions; null when it holds none or several, or is no archive. */
export async function untarOne(archive: Bytes, what: 'file' | 'mode' = 'file'): Promise<Bytes | null> {
  const [only, ...others] = (await filesOf(toBuffer(archive))) ?? [];
  if (!only || others.length > 0) return null;
  return what === 'mode' ? `${listedMode(only.mode)}\n` : fromBuffer(only.data);
}
