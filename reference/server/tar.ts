import { extract, pack as newPack } from 'tar-stream';
import { Fault, invalidArgument, messageOf } from '../core/fault.ts';
import type { TreeEntry } from '../vm/port.ts';

const kinds: Record<string, TreeEntry['kind']> = {
  file: 'file',
  'contiguous-file': 'file',
  directory: 'directory',
  symlink: 'symlink',
};

/** Packs entries; directories end in a slash. */
export async function pack(entries: readonly TreeEntry[]): Promise<Buffer> {
  const tar = newPack();
  for (const { path, kind, mode, data, link } of entries) {
    const name = kind === 'directory' ? `${path}/` : path;
    tar.entry(
      { name, type: kind, mode, ...(link === undefined ? {} : { linkname: link }) },
      data ?? Buffer.alloc(0),
    );
  }
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
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
      const { name, type, mode = 0o644, linkname } = entry.header;
      const data = await contentOf(entry);
      total += data.length;
      if (total > limitBytes)
        throw new Fault('payload-too-large', `the archive holds more than ${limitBytes} bytes`);
      const kind = kinds[type ?? 'file'];
      if (kind) entries.push(treeEntry(name, kind, mode, data, linkname));
    }
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw invalidArgument(`the body is not a tar archive: ${messageOf(error)}`);
  }
  return entries;
}

function treeEntry(
  name: string,
  kind: TreeEntry['kind'],
  mode: number,
  data: Buffer,
  link?: string | null,
): TreeEntry {
  const path = name.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '');
  if (kind === 'file') return { path, kind, mode, data };
  return kind === 'symlink' ? { path, kind, mode, link: link ?? '' } : { path, kind, mode };
}

async function contentOf(entry: AsyncIterable<unknown>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of entry) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
