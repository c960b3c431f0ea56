import { extract, pack as newPack } from 'tar-stream';
import { Fault, invalidArgument, messageOf } from '../core/fault.ts';
import type { TreeEntry } from '../vm/port.ts';

/** Of what else an archive may hold nothing is unpacked. */
const kinds: Record<string, TreeEntry['kind']> = {
  file: 'file',
  'contiguous-file': 'file',
  directory: 'directory',
};

/** Packs entries; directories end in a slash. */
export async function pack(entries: readonly TreeEntry[]): Promise<Buffer> {
  const tar = newPack();
  for (const { path, kind, mode, owner, data } of entries) {
    const name = kind === 'directory' ? `${path}/` : path;
    tar.entry({ name, type: kind, mode, ...owner }, data ?? Buffer.alloc(0));
  }
  tar.finalize();
  return bytesOf(tar);
}

/**
 * Unpacks an archive.
 * @throws Fault invalid-argument when it is no tar, payload-too-large when it holds more than `limitBytes`.
 */
export async function unpack(archive: Buffer, limitBytes: number): Promise<TreeEntry[]> {
  const tar = extract();
  const entries: TreeEntry[] = [];
  let total = 0;
  tar.end(archive);
  try {
    for await (const entry of tar) {
      const { name, type, mode = 0o644, uid = 0, gid = 0 } = entry.header;
      const data = await bytesOf(entry);
      total += data.length;
      if (total > limitBytes)
        throw new Fault('payload-too-large', `the archive holds more than ${limitBytes} bytes`);
      const kind = kinds[type ?? 'file'];
      const path = name.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '');
      if (kind) entries.push({ path, kind, mode, owner: { uid, gid }, ...(kind === 'file' ? { data } : {}) });
    }
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw invalidArgument(`the body is not a tar archive: ${messageOf(error)}`);
  }
  return entries;
}

async function bytesOf(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
