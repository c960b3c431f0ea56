import type { Bytes } from '../bytes.ts';
import { type Call, each, lines } from './applet.ts';
import { operands } from './options.ts';

/** All lines of several files, without their newlines, and the code for those that could not be read. */
export async function allLines(call: Call, paths: Bytes[]): Promise<{ code: number; found: Bytes[] }> {
  const found: Bytes[] = [];
  const code = await each(call, operands(paths), async (path) => {
    for await (const line of lines(call, path)) found.push(line.replace(/\n$/, ''));
  });
  return { code, found };
}
