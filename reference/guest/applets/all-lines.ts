import type { Bytes } from '../bytes.ts';
import { type Call, each, lines } from './applet.ts';
import { operands } from './options.ts';

export interface AllLines {
  code: number;
  found: Bytes[];
  /** Whether the last line has its newline. */
  complete: boolean;
}

/** All lines of several files, without their newlines, and the code for those that could not be read. */
export async function allLines(call: Call, paths: Bytes[]): Promise<AllLines> {
  const found: Bytes[] = [];
  let complete = true;
  const code = await each(call, operands(paths), async (path) => {
    for await (const line of lines(call, path)) {
      complete = line.endsWith('\n');
      found.push(line.replace(/\n$/, ''));
    }
  });
  return { code, found, complete };
}
