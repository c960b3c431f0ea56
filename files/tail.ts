import { open } from 'node:fs/promises';

/**
 * Reads the last `maxBytes` of a file as text, from the beginning of a line. Gives '' where there is no such file,
 * or none that was changed at or after `sinceMs` (ms since epoch).
 */
export async function tailOf(file: string, maxBytes: number, sinceMs = 0): Promise<string> {
  await using handle = await open(file).catch(() => null);
  if (!handle) return '';
  const { size, mtimeMs } = await handle.stat();
  if (mtimeMs < sinceMs) return '';
  const from = Math.max(0, size - maxBytes);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
  const text = buffer.toString('utf8', 0, bytesRead);
  return from === 0 ? text : text.slice(text.indexOf('\n') + 1);
}
